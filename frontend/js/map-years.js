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
  const cells = codes.map((code) => parts(drawn.querySelector(`[data-code="${code}"]`)));
  const rows = [...drawn.querySelectorAll(".chart__data tbody tr td")];
  slide.max = names.length - 1;
  slide.value = names.indexOf(form.elements.year.value);
  slide.closest("[hidden]").hidden = false;
  slide.addEventListener("input", () => {
    const year = names[slide.value];
    form.querySelector("[data-map-year]").textContent = year;
    form.elements.year.value = year;
    redraw(drawn, cells, rows, years[year]);
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

/** Colours, signs, names, legend, title and table of one year. */
export function redraw(drawn, cells, rows, { finding, measure, cells: told }) {
  const counts = {};
  const hatch = `url(#${drawn.querySelector("pattern").id})`;
  told.forEach(([shade, words, sign], place) => {
    const cell = cells[place];
    cell.shape.setAttribute("class", `hexagon hexagon--${shade || "missing"}`);
    if (shade) cell.shape.removeAttribute("fill");
    else cell.shape.setAttribute("fill", hatch);
    cell.sign.textContent = sign;
    cell.title.textContent = `${cell.name}: ${words}`;
    cell.link.setAttribute("aria-label", `${cell.name}: ${words}`);
    rows[place].textContent = words;
    const key = shade ? String(shade) : sign;
    counts[key] = (counts[key] ?? 0) + 1;
  });
  for (const item of drawn.querySelectorAll("[data-key]")) {
    const count = counts[item.dataset.key] ?? 0;
    item.querySelector(".hexmap-legend__count").textContent = `(${count})`;
    item.hidden = !count && !/^\d$/.test(item.dataset.key);
  }
  drawn.querySelector(".chart__finding").textContent = finding;
  drawn.querySelector(".chart__measure").textContent = measure;
}
