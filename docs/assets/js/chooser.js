/* Marks on an error's page what is proven for the reader's version. All that it knows is on the
   strips, which the evidence made; without it the whole table stands. */
import { nearest, recall, remember } from "./choice.js";
import { putFirst } from "./order.js";

const NOT_RUN = "not_run";
const APPEARS = { raised: "appears", not_run: "waiting" };

/** The tick of a strip that tells of the reader's machine, and whether it is of their device. */
function tickOf(strip, { torch, gpu }) {
  const ticks = [...strip.querySelectorAll(`i[data-torch="${CSS.escape(torch)}"]`)];
  const on = (device) => ticks.find((tick) => "gpu" in tick.dataset === device);
  const own = gpu === "yes" ? on(true) : undefined;
  return own && own.dataset.mark !== NOT_RUN ? own : on(false);
}

function markOf(strip, choice) {
  return tickOf(strip, choice)?.dataset.mark ?? NOT_RUN;
}

function point(strip, choice) {
  for (const old of strip.querySelectorAll(".pf-here")) old.classList.remove("pf-here");
  if (choice.torch) tickOf(strip, choice)?.classList.add("pf-here");
}

/** What to say of the GPU: nothing unless the reader has one and no run tells of it. */
function ofGpu(strip, choice, says) {
  if (choice.gpu !== "yes") return "";
  const ran = [...strip.querySelectorAll("i[data-gpu]")].filter((i) => i.dataset.mark !== NOT_RUN);
  if (!ran.length) return says.no_gpu;
  return !choice.torch || ran.includes(tickOf(strip, choice)) ? "" : says.cpu_only;
}

/**
 * Makes the chooser of a page work.
 *
 * @param {HTMLFormElement} form The chooser.
 */
export function enableChooser(form) {
  const words = JSON.parse(form.dataset.pfWords);
  const releases = [...form.elements.torch.options].map((option) => option.value).filter(Boolean);
  const line = form.nextElementSibling;
  const badge = line.querySelector(".pf-badge");
  const sentence = line.querySelector(".pf-seen");
  const strip = line.querySelector(".pf-strip");
  const recorded = { badge: badge.textContent, kind: badge.className, sentence: sentence.textContent };
  const claims = [...document.querySelectorAll(".pf-claim")];

  function say(choice, asked) {
    const mark = markOf(strip, choice);
    const values = { version: choice.torch, asked };
    const fill = (text) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const parts = choice.torch ? [fill(words.says[mark])] : [recorded.sentence];
    if (asked && !choice.torch) parts.push(fill(words.says.unknown));
    const other = asked && choice.torch && !choice.torch.startsWith(asked.split("+")[0]);
    if (other) parts.push(fill(words.says.nearest));
    parts.push(fill(ofGpu(strip, choice, words.says)));
    badge.textContent = choice.torch ? words.badge[mark] : recorded.badge;
    badge.className = choice.torch ? `pf-badge pf-badge--${APPEARS[mark] ?? "absent"}` : recorded.kind;
    sentence.textContent = parts.filter(Boolean).join(document.documentElement.lang === "zh" ? "" : " ");
  }

  function mark(claim, choice) {
    const own = claim.querySelector(".pf-strip");
    const found = choice.torch ? markOf(own, choice) : "";
    const place = claim.querySelector(".pf-mine");
    point(own, choice);
    place.dataset.mark = found;
    place.textContent = found && words.mark[found].replace("{version}", choice.torch);
  }

  function markRows(choice) {
    for (const row of document.querySelectorAll(".pf-releases")) {
      const here = row.dataset.pfReleases.split(" ").includes(choice.torch);
      const own = here && (choice.gpu === "yes" || !("gpu" in row.dataset));
      row.closest("tr").classList.toggle("pf-row-here", own);
    }
  }

  function apply(asked) {
    const choice = { torch: form.elements.torch.value, gpu: form.elements.gpu.value };
    say(choice, asked);
    point(strip, choice);
    for (const claim of claims) mark(claim, choice);
    markRows(choice);
    const fixes = claims.filter((claim) => !claim.matches(".pf-claim--dead"));
    putFirst(fixes, (fix) => ["verified", ""].includes(fix.querySelector(".pf-mine").dataset.mark));
  }

  function start() {
    const { torch, gpu } = recall();
    form.elements.torch.value = nearest(torch, releases);
    form.elements.gpu.value = gpu;
    apply(torch);
  }

  form.addEventListener("change", ({ target }) => {
    remember(target.name, target.value);
    apply("");
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  // A page that comes back by the back button may have been left with another choice.
  addEventListener("pageshow", (event) => event.persisted && start());
  start();
}
