/*
 * Programs that a page is asked to run. They are texts, because the tests' compiler knows no browser.
 */

export const openDetails = `for (const each of document.querySelectorAll("details")) each.open = true`;

/** Elements that are wider than the page; what can be scrolled to only if asked. */
export function sticksOut(what: "also what scrolls" | "not what scrolls"): string {
  return `(() => {
    const all = [...document.querySelectorAll("body *")].filter((each) => {
      const isHidden = !each.checkVisibility() || each.closest(".hidden, .shares thead, .campaigns thead");
      return !isHidden && (${what === "also what scrolls"} || !each.parentElement.closest(".scroll"));
    });
    const wide = all.filter((each) => {
      const { left, right } = each.getBoundingClientRect();
      return right > document.documentElement.clientWidth + 1 || left < -1;
    });
    return wide.map((each) => each.outerHTML.slice(0, 120));
  })()`;
}

/** Text that is wider than what it stands in. */
export const spilling = `(() => {
  const all = [...document.querySelectorAll("h1, h2, .card *, .shares td, .shares th, .campaigns td, .campaigns th")];
  const wide = all.filter((each) => each.checkVisibility() && each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1);
  return wide.map((each) => each.outerHTML.slice(0, 120));
})()`;

/** Labels of charts and headline figures that touch another, in pairs. Boxes of letters have room above and below. */
export const overlappingLabels = `(() => {
  const labels = [...document.querySelectorAll("svg text, .figure, .detail, .change")];
  const boxes = labels
    .filter((each) => each.checkVisibility())
    .map((each) => ({ text: each.textContent, box: each.getBoundingClientRect() }));
  return boxes.flatMap(({ text, box }, index) =>
    boxes
      .slice(index + 1)
      .filter(({ box: other }) => {
        const isBeside = box.right <= other.left || other.right <= box.left;
        return !isBeside && box.bottom > other.top + 3 && other.bottom > box.top + 3;
      })
      .map((other) => text + " / " + other.text),
  );
})()`;
