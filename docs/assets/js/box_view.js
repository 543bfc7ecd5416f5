/* What the box shows. Every text here may be a stranger's, so it only ever becomes text. */

const LONGEST = 300;

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== ""));
  return made;
}

/** Titles mark code by backticks. */
function prose(text) {
  return text.split("`").map((part, index) => (index % 2 ? element("code", "", part) : part));
}

export class View {
  constructor(root) {
    this.root = root;
    this.state = root.querySelector(".pf-box__state");
    this.list = root.querySelector(".pf-box__results");
    this.more = root.querySelector(".pf-box__more");
    this.cut = false;
    this.onFollow = () => {};
  }

  say(name, values = {}) {
    const template = this.root.querySelector(`template[data-pf-say="${name}"]`);
    const text = template.content.textContent;
    return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  }

  links() {
    return [...this.root.querySelectorAll(".pf-box__results a, .pf-box__more a")];
  }

  first() {
    return this.list.querySelector("a");
  }

  clear() {
    this.state.textContent = "";
    this.list.replaceChildren();
    this.more.replaceChildren();
  }

  tell(...sentences) {
    const cut = this.cut ? this.say("cut") : "";
    this.state.textContent = [cut, ...sentences].filter(Boolean).join(" ");
  }

  failed(again) {
    this.clear();
    this.tell(this.say("failed"));
    const button = element("button", "pf-box__button", this.say("again"));
    button.type = "button";
    button.addEventListener("click", again);
    this.more.replaceChildren(button);
  }

  /** The matches, or what can be said without one. */
  show(result, known) {
    this.clear();
    const matches = result.matches.filter(({ entry }) => known[entry]);
    this.list.replaceChildren(...matches.map((match) => this.match(match, known[match.entry])));
    if (matches.length) {
      const found = this.say("found", { count: matches.length });
      this.tell(found, matches.length > 1 ? this.say("two") : "");
    } else if (result.wrapper) {
      this.tell(this.say(`wrapper_${result.wrapper}`));
    } else {
      this.tell(this.say("none"), this.say("paste_these"));
      this.nearest(result, known);
    }
  }

  match(match, entry) {
    const page = entry.url || this.root.dataset.status;
    const link = element("a", "pf-box__link", ...prose(entry.title));
    link.href = this.root.dataset.root + page;
    link.addEventListener("click", () => this.onFollow(match));
    const line = element("code", "pf-box__line", match.line.slice(0, LONGEST));
    const answer = entry.url
      ? element("span", "pf-box__fix", this.say("fix"), ...prose(entry.fix))
      : element("span", "pf-box__fix", entry.waiting);
    return element("li", "", link, line, answer);
  }

  nearest(result, known) {
    const near = result.nearest.filter(({ entry }) => known[entry]?.url);
    const parts = [];
    if (near.length) {
      const items = near.map(({ entry }) => {
        const link = element("a", "", ...prose(known[entry].title));
        link.href = this.root.dataset.root + known[entry].url;
        return element("li", "", link);
      });
      parts.push(element("p", "", this.say("nearest")), element("ul", "", ...items));
    }
    const { issues } = this.root.dataset;
    if (issues && result.error) {
      const error = result.error.slice(0, LONGEST);
      const link = element("a", "", this.say("report"));
      link.href = `${issues}?${new URLSearchParams({ title: error, body: error })}`;
      link.rel = "noopener";
      parts.push(element("p", "", link, " ", element("code", "pf-box__line", error)));
    }
    this.more.replaceChildren(...parts);
  }

  /** What Pagefind found: pages in the reader's language, then in the other. */
  words({ own, other }) {
    this.clear();
    this.tell(own.length ? this.say("words") : this.say("words_none"));
    this.list.replaceChildren(...own.map((page) => this.page(page)));
    if (other.length) {
      const list = element("ul", "", ...other.map((page) => this.page(page)));
      this.more.replaceChildren(element("p", "", this.say("words_other")), list);
    }
  }

  page({ url, title, language }) {
    const link = element("a", "pf-box__link", title);
    link.href = url;
    link.lang = language;
    return element("li", "", link);
  }
}
