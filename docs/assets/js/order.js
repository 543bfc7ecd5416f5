/* The order of fixes on a page: the proven ones first, else as they were written. */

const CONTENTS = ".md-nav--secondary";

/**
 * Puts fixes that fit first. Each keeps its address: the places change hands, not the ids.
 *
 * @param {HTMLElement[]} fixes The fixes as they were written.
 * @param {(fix: HTMLElement) => boolean} fits Whether a fix is to come first.
 */
export function putFirst(fixes, fits) {
  const wanted = [...fixes.filter(fits), ...fixes.filter((fix) => !fits(fix))];
  const present = [...fixes].sort((one, other) =>
    one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
  if (wanted.every((fix, index) => fix === present[index])) return;
  reorderContents(present, wanted);
  const places = present.map((fix) => {
    const place = document.createComment("");
    fix.before(place);
    return place;
  });
  const first = present[0].querySelector(".pf-first");
  wanted.forEach((fix, index) => {
    places[index].replaceWith(fix);
    const heading = retag(fix.querySelector("h2, h3"), index ? "h3" : "h2");
    if (!index) heading.prepend(first);
  });
}

/** The same heading on another level. */
function retag(heading, name) {
  if (heading.localName === name) return heading;
  const made = document.createElement(name);
  for (const { name: key, value } of heading.attributes) made.setAttribute(key, value);
  made.append(...heading.childNodes);
  heading.replaceWith(made);
  return made;
}

/** The links of the table of contents, in the new order. */
function reorderContents(present, wanted) {
  const linkOf = (fix) =>
    document.querySelector(`${CONTENTS} a[href="#${CSS.escape(fix.dataset.pfClaim)}"]`);
  const links = present.map(linkOf);
  if (links.includes(null)) return;
  const titles = wanted.map((fix) => [`#${fix.dataset.pfClaim}`, titleOf(fix)]);
  links.forEach((link, index) => {
    const [href, title] = titles[index];
    link.setAttribute("href", href);
    (link.querySelector(".md-ellipsis") ?? link).textContent = title;
  });
}

function titleOf(fix) {
  const copy = fix.querySelector("h2, h3").cloneNode(true);
  for (const extra of copy.querySelectorAll(".headerlink, .pf-first")) extra.remove();
  return copy.textContent.trim();
}
