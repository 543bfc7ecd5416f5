/* Compares any two recorded releases. The states come from the evidence; `compare` is the same table
   as `compare` in src/provenfix/states.py, and a browser test holds one against the other. */
(() => {
  "use strict";

  const form = document.querySelector(".pf-upgrade");
  if (!form) return;
  const from = document.getElementById("pf-from");
  const to = document.getElementById("pf-to");
  const output = document.getElementById("pf-changes");
  let loading;

  function ran(state) {
    return state.outcome !== null && state.outcome !== "not_applicable";
  }

  function ofTexts(before, after) {
    const changes = [];
    before.texts.forEach(([text, had], index) => {
      const has = after.texts[index][1];
      if (had === false && has === true) changes.push({ kind: "text_appeared", new: text });
      if (had === true && has === false) changes.push({ kind: "text_vanished", old: text });
    });
    return changes;
  }

  function ofClaim(claim, [before, said], [after, says]) {
    if ([before, after].some((verdict) => verdict === "stale" || verdict === "untested")) return [];
    const what = claim.fix ? "fix" : "dead_end";
    const held = before === "verified";
    const holds = after === "verified";
    if (holds && !held) return [{ kind: `${what}_started`, claim }];
    if (held && !holds) return [{ kind: `${what}_stopped`, claim }];
    if (claim.error && held && said !== says) {
      return [{ kind: "dead_end_reworded", claim, old: said, new: says }];
    }
    return [];
  }

  function compare(entry, before, after) {
    if (before.outcome === null || after.outcome === null) return [];
    if (!ran(before) || !ran(after)) return ofTexts(before, after);
    const raised = [before, after].map((state) => state.outcome === "raised");
    if (!raised[0] && raised[1]) return [{ kind: "appeared", new: after.printed }];
    if (raised[0] && !raised[1]) {
      const kind = after.outcome === "passed" ? "vanished" : "replaced";
      return [{ kind, old: before.printed, new: after.printed }];
    }
    if (!raised[0]) return [];
    const changes = entry.claims.flatMap((claim, index) =>
      ofClaim(claim, before.claims[index], after.claims[index]),
    );
    if (before.printed !== after.printed) {
      changes.unshift({ kind: "reworded", old: before.printed, new: after.printed });
    }
    return changes;
  }

  function element(name, text, children = []) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    made.append(...children);
    return made;
  }

  function prose(text) {
    return text.split("`").map((part, index) => (index % 2 ? element("code", part) : part));
  }

  /* The words in which a text differs from another one, marked. */
  function marked(text, other) {
    if (other === undefined) return [text];
    const words = text.split(" ");
    const others = other.split(" ");
    const most = Math.min(words.length, others.length);
    let start = 0;
    while (start < most && words[start] === others[start]) start += 1;
    let end = 0;
    while (end < most - start && words.at(-1 - end) === others.at(-1 - end)) end += 1;
    const cut = words.length - end;
    const parts = [words.slice(0, start), words.slice(start, cut), words.slice(cut)];
    const shown = parts.map((part, index) => (index === 1 ? element("mark", part.join(" ")) : part.join(" ")));
    return shown.flatMap((part, index) => (parts[index].length ? [" ", part] : [])).slice(1);
  }

  function item(data, entry, change) {
    const title = element(entry.url ? "a" : "span", "", prose(entry.title));
    if (entry.url) title.href = form.dataset.root + entry.url;
    const claim = change.claim ? change.claim.title : "";
    const sentence = data.sentences[change.kind].replace("{title}", () => claim);
    const printed = ["old", "new"].map((key) => entry.texts[change[key]] || "").filter(Boolean);
    const codes = printed.flatMap((text, index) => [
      element("br"),
      index ? "→ " : "",
      element("code", "", marked(text, printed[1 - index])),
    ]);
    return element("li", "", [title, data.colon, ...prose(sentence), ...codes]);
  }

  function show(data, first, second) {
    if (first === second) {
      output.replaceChildren(element("p", data.same));
      return;
    }
    const pairs = data.entries.map((entry) => [entry, entry.states[first], entry.states[second]]);
    const measured = pairs.filter(([, before, after]) => ran(before) && ran(after)).length;
    const found = pairs.flatMap(([entry, before, after]) =>
      compare(entry, before, after).map((change) => [entry, change]),
    );
    const parts = [element("p", data.measured.replace("{count}", measured))];
    if (!found.length) parts.push(element("p", data.none));
    data.sections.forEach((kinds, index) => {
      const own = found.filter(([, change]) => kinds.includes(change.kind));
      if (!own.length) return;
      const items = own.map(([entry, change]) => item(data, entry, change));
      parts.push(element("h3", data.titles[index]), element("ul", "", items));
    });
    output.replaceChildren(...parts);
  }

  async function load() {
    const response = await fetch(form.dataset.source);
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  }

  async function update() {
    const address = new URL(location.href);
    address.searchParams.set("from", from.value);
    address.searchParams.set("to", to.value);
    history.replaceState(null, "", address);
    loading ??= load();
    try {
      const data = await loading;
      show(data, data.versions.indexOf(from.value), data.versions.indexOf(to.value));
    } catch {
      loading = undefined;
      output.replaceChildren(element("p", form.dataset.failed));
    }
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update();
  });
  const asked = new URLSearchParams(location.search);
  const last = from.options.length - 1;
  from.selectedIndex = Math.max(0, last - 1);
  to.selectedIndex = last;
  for (const [select, name] of [[from, "from"], [to, "to"]]) {
    const known = [...select.options].findIndex((option) => option.value === asked.get(name));
    if (known >= 0) select.selectedIndex = known;
  }
  if (asked.has("from") && asked.has("to")) update();
})();
