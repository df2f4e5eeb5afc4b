/** Move focus to the error summary, so that what is wrong is the first thing read. */
export function focusErrors(root) {
  root.querySelector("[data-error-summary]")?.focus();
}
