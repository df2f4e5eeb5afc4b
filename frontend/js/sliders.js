// A slider tells its value while it is moved, and a choice that changes the form itself sends it.

/** @param {ParentNode} root */
export function startSliders(root) {
  for (const value of root.querySelectorAll("output[for]")) {
    const slider = document.getElementById(value.getAttribute("for"));
    if (slider?.type !== "range") continue;
    slider.addEventListener("input", () => {
      value.textContent = slider.value;
    });
  }
  for (const choice of root.querySelectorAll("select[data-sends]")) {
    choice.addEventListener("change", (event) => {
      event.stopPropagation();
      choice.form.submit();
    });
  }
}
