// What takes more than half a second says so: a bar under the header and a word for screen readers.
// The page that answers takes both away; a page that is shown again from the browser's memory does too.
// A form that fetches a file (`data-download`) leaves its page standing, so it shows nothing.

const AFTER_MS = 500;
let waiting;

function show() {
  const bar = document.querySelector("[data-busy]");
  if (!bar) return;
  bar.hidden = false;
  bar.querySelector("[data-busy-words]").textContent = bar.dataset.busy;
  document.documentElement.setAttribute("aria-busy", "true");
}

function hide() {
  clearTimeout(waiting);
  const bar = document.querySelector("[data-busy]");
  if (!bar) return;
  bar.hidden = true;
  bar.querySelector("[data-busy-words]").textContent = "";
  document.documentElement.removeAttribute("aria-busy");
}

/** Begin to listen; once a page. */
export function watchWaiting() {
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && !("download" in event.target.dataset)) waiting = setTimeout(show, AFTER_MS);
  });
  window.addEventListener("pageshow", hide);
  document.addEventListener("htmx:beforeRequest", () => {
    waiting = setTimeout(show, AFTER_MS);
  });
  document.addEventListener("htmx:afterRequest", hide);
}
