// One stop for Tab in the map; arrow keys go to the nearest cell in that direction, Enter opens it.
const DIRECTIONS = { ArrowRight: 0, ArrowDown: 90, ArrowLeft: 180, ArrowUp: 270 };

export function startHexmap(root) {
  for (const map of root.querySelectorAll("[data-hexmap]")) wire(map);
}

function wire(map) {
  const cells = [...map.querySelectorAll("a[data-cell]")].map((link) => ({ link, ...centre(link) }));
  if (cells.length === 0) return;
  const stop = (link) => cells.forEach((cell) => cell.link.setAttribute("tabindex", cell.link === link ? "0" : "-1"));
  stop(cells[0].link);

  map.addEventListener("focusin", (event) => stop(event.target.closest("a[data-cell]")));
  map.addEventListener("keydown", (event) => {
    if (!(event.key in DIRECTIONS)) return;
    event.preventDefault();
    const here = cells.find((cell) => cell.link === document.activeElement);
    nearest(cells, here, DIRECTIONS[event.key])?.link.focus();
  });
}

function centre(link) {
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
