/* What the reader said of their machine: remembered, and overridden by `?torch=` in the address. */

const KEYS = { torch: "provenfix:torch", gpu: "provenfix:gpu" };

/**
 * The recorded release that is nearest to a version: the same one, else another of its minor.
 *
 * @param {string} asked A version such as `2.6`, `2.6.0` or `2.6.0+cu124`.
 * @param {string[]} releases The recorded releases.
 * @returns {string} The release; empty if none is of that minor.
 */
export function nearest(asked, releases) {
  const parts = asked.split("+")[0].split(".");
  const minor = releases.filter((release) => {
    const own = release.split(".");
    return own[0] === parts[0] && own[1] === parts[1];
  });
  const distance = (release) => Math.abs(Number(release.split(".")[2]) - (Number(parts[2]) || 0));
  return minor.sort((one, other) => distance(one) - distance(other))[0] ?? "";
}

/**
 * What the address or the memory says.
 *
 * @returns {{torch: string, gpu: string}} A version as it was asked for, and `yes`, `no` or nothing.
 */
export function recall() {
  const asked = new URLSearchParams(location.search).get("torch");
  return { torch: (asked ?? stored("torch")).slice(0, 20), gpu: stored("gpu") };
}

/**
 * Remembers a choice; an address that asks for another release no longer does.
 *
 * @param {"torch" | "gpu"} name What was chosen.
 * @param {string} value The choice; empty forgets it.
 */
export function remember(name, value) {
  try {
    if (value) localStorage.setItem(KEYS[name], value);
    else localStorage.removeItem(KEYS[name]);
  } catch {
    // Storage is forbidden: the choice holds for this page only.
  }
  const address = new URL(location.href);
  if (name === "torch" && address.searchParams.has("torch")) {
    address.searchParams.delete("torch");
    history.replaceState(history.state, "", address);
  }
}

function stored(name) {
  try {
    return localStorage.getItem(KEYS[name]) ?? "";
  } catch {
    return "";
  }
}
