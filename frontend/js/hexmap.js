// One stop for Tab in the map.  Arrow keys go to the nearest cell in that direction, letters jump to the
// municipality whose name begins so, Enter opens it.  The name of the cell stands under the map.
const DIRECTIONS = { ArrowRight: 0, ArrowDown: 90, ArrowLeft: 180, ArrowUp: 270 };
const TYPING_MS = 1000;

export function startHexmap(root) {
  for (const map of root.querySelectorAll("[data-hexmap]")) wire(map);
}

function wire(map) {
  const cells = [...map.querySelectorAll("a[data-code]")].map((link) => ({ link, ...centre(link) }));
  if (cells.length === 0) return;
  cells.forEach((cell) => cell.link.setAttribute("tabindex", "-1"));
  let here = cells[0].link;
  // Only the two that change: 357 attributes written at each key would make the browser style all cells anew.
  const stop = (link) => {
    here.setAttribute("tabindex", "-1");
    link.setAttribute("tabindex", "0");
    here = link;
  };
  stop(here);

  map.addEventListener("focusin", (event) => {
    const link = event.target.closest("a[data-code]");
    if (link) stop(link);
    mark(map, link);
  });
  map.addEventListener("focusout", () => mark(map, null));
  map.addEventListener("pointerover", (event) => mark(map, event.target.closest("a[data-code]")));
  map.addEventListener("pointerleave", () => mark(map, document.activeElement.closest("a[data-code]")));
  map.addEventListener("keydown", onKey(cells));
}

function onKey(cells) {
  let typed = "";
  let last = 0;
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    let next = null;
    if (event.key in DIRECTIONS) {
      const here = cells.find((cell) => cell.link === document.activeElement);
      next = nearest(cells, here, DIRECTIONS[event.key]);
    } else if (/^[\p{L} -]$/u.test(event.key)) {
      typed = event.timeStamp - last > TYPING_MS ? event.key : typed + event.key;
      last = event.timeStamp;
      next = cells.find((cell) => names(cell.link).some((name) => name.startsWith(typed.toLowerCase())));
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    next?.link.focus();
  };
}

/** A municipality is found by each of its names: Norwegian, Sámi, Kven. */
function names(link) {
  return link.dataset.name.toLowerCase().split(" - ");
}

function mark(map, link) {
  const outline = link?.querySelector(".hexagon").getAttribute("d") ?? "";
  for (const ring of map.querySelectorAll("[data-here]")) ring.setAttribute("d", outline);
  map.parentElement.querySelector("[data-hexmap-name]").textContent = link?.getAttribute("aria-label") ?? "";
}

/** The middle of a hexagon by column and row, or the point that the map names. */
function centre(link) {
  if (link.dataset.at) {
    const [x, y] = link.dataset.at.split(" ").map(Number);
    return { x, y };
  }
  const [col, row] = link.dataset.cell.split(" ").map(Number);
  return { x: col + (row % 2) / 2, y: (row * Math.sqrt(3)) / 2 };
}

/** The closest cell within 60 degrees of the direction; cells straight ahead count as closer. */
function nearest(cells, here, degrees) {
  let best = null;
  let least = Infinity;
  for (const cell of cells) {
    const [dx, dy] = [cell.x - here.x, cell.y - here.y];
    const distance = Math.hypot(dx, dy);
    const turn = Math.abs(((Math.atan2(dy, dx) * 180) / Math.PI - degrees + 540) % 360 - 180);
    if (distance === 0 || turn > 60) continue;
    const cost = distance * (1 + turn / 60);
    if (cost < least) [best, least] = [cell, cost];
  }
  return best;
}
