/** Count what is selected, and offer "select all"; without script the ticks work as they are.
 *  "All that fit" stands for more rows than the page has: while it is ticked, the rows' own ticks rest. */
export function startBulk(root) {
  for (const table of root.querySelectorAll("table[data-worklist]")) wire(table);
}

function wire(table) {
  const all = table.querySelector("[data-select-all]");
  const ticks = [...table.querySelectorAll("tbody input[type=checkbox]")];
  const form = table.closest("form");
  const bar = form?.querySelector("[data-bulk-bar]");
  const every = form?.querySelector("[data-select-every]");

  const tell = () => {
    const selected = ticks.filter((tick) => tick.checked).length;
    if (all) {
      all.checked = selected > 0 && selected === ticks.length;
      all.indeterminate = selected > 0 && selected < ticks.length;
    }
    if (bar) {
      bar.hidden = selected === 0 && !every?.checked;
      bar.querySelector("[data-bulk-count]").textContent = every?.checked ? every.dataset.selectEvery : String(selected);
    }
    for (const tick of all ? [...ticks, all] : ticks) tick.disabled = Boolean(every?.checked);
  };
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      ticks.forEach((tick) => { tick.checked = all.checked; });
      tell();
    });
  }
  table.addEventListener("change", tell);
  every?.addEventListener("change", tell);
  tell();
}
