/** Count down the time in which a step can be undone, then take the offer away; it never takes focus.
 *  While the pointer or focus is on it, time stands still. */
export function startUndo(root) {
  for (const form of root.querySelectorAll("form[data-undo]")) countDown(form);
}

function countDown(form) {
  const shown = form.querySelector("[data-undo-left]");
  let left = Number(form.dataset.undo);
  const show = () => { shown.textContent = `(${left})`; };
  show();
  const clock = setInterval(() => {
    if (form.matches(":hover, :focus-within")) return;
    left -= 1;
    if (left > 0) return show();
    clearInterval(clock);
    form.remove();
  }, 1000);
  form.addEventListener("submit", () => clearInterval(clock));
}
