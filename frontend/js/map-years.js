// Slides the hexagon map through the years without asking the server again: every year's classes and words come
// once.  Without script the year is chosen in a list and the page is asked for.
export function startMapYears(root) {
  for (const form of root.querySelectorAll("[data-map-years]")) wire(form);
}

async function wire(form) {
  const drawn = form.parentElement.querySelector("[data-map-drawn]");
  const answer = await fetch(form.dataset.mapYears);
  if (!answer.ok) return;
  const { codes, years } = await answer.json();
  const names = Object.keys(years).sort();
  const slide = form.querySelector("input[type=range]");
  const map = {
    drawn,
    cells: codes.map((code) => parts(drawn.querySelector(`[data-code="${code}"]`))),
    rows: [...drawn.querySelectorAll(".chart__data tbody tr td")],
    table: drawn.querySelector(".chart__data"),
    frame: years[form.elements.year.value],
  };
  map.table.addEventListener("toggle", () => fillTable(map));
  slide.max = names.length - 1;
  slide.value = names.indexOf(form.elements.year.value);
  slide.closest("[hidden]").hidden = false;
  slide.addEventListener("input", () => {
    const year = names[slide.value];
    form.querySelector("[data-map-year]").textContent = year;
    form.elements.year.value = year;
    redraw(map, years[year]);
  });
  slide.addEventListener("change", () => {
    const address = new URL(location.href);
    address.searchParams.set("year", names[slide.value]);
    history.replaceState(null, "", address);
  });
}

function parts(link) {
  return { link, shape: link.querySelector(".hexagon"), sign: link.querySelector(".hexagon__sign"), title: link.querySelector("title"), name: link.dataset.name };
}

/** Colours, signs, names, legend and title of one year: only what differs from the year that was shown. */
function redraw(map, frame) {
  const counts = {};
  const hatch = `url(#${map.drawn.querySelector("pattern").id})`;
  frame.cells.forEach(([shade, words, sign, state], place) => {
    const key = shade || state;
    counts[key] = (counts[key] ?? 0) + 1;
    const [shadeBefore, wordsBefore, signBefore] = map.frame.cells[place];
    const cell = map.cells[place];
    if (shade !== shadeBefore) {
      cell.shape.setAttribute("class", `hexagon hexagon--${shade || "missing"}`);
      if (shade) cell.shape.removeAttribute("fill");
      else cell.shape.setAttribute("fill", hatch);
    }
    if (sign !== signBefore) cell.sign.textContent = sign;
    if (words !== wordsBefore) {
      cell.title.textContent = `${cell.name}: ${words}`;
      cell.link.setAttribute("aria-label", `${cell.name}: ${words}`);
    }
  });
  for (const item of map.drawn.querySelectorAll("[data-key]")) {
    const count = counts[item.dataset.key] ?? 0;
    item.querySelector(".hexmap-legend__count").textContent = `(${count})`;
    item.hidden = !count && !/^\d$/.test(item.dataset.key);
  }
  map.drawn.querySelector(".chart__finding").textContent = frame.finding;
  map.drawn.querySelector(".chart__measure").textContent = frame.measure;
  map.frame = frame;
  fillTable(map);
}

/** The table below says what the map says; filled when it is open, or opened. */
function fillTable({ table, rows, frame }) {
  if (table.open) frame.cells.forEach(([, words], place) => (rows[place].textContent = words));
}
