// The tab 数字台账: the filter asks the server; a row opens its sentence.
(() => {
  "use strict";
  const PAUSE = 250;

  function ledger(element, trigger, [open, narrow, save]) {
    let waiting = 0;
    let asked = 0;
    const sought = () => {
      const form = element.querySelector("form");
      return { words: form?.words.value ?? "", kind: form?.kind.value ?? "", unit: form?.unit.value ?? "", asked: ++asked };
    };
    const later = (pause) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => trigger(narrow, sought()), pause);
    };
    element.addEventListener("input", (event) => later(event.target.name === "words" ? PAUSE : 0));
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      later(0);
    });
    element.addEventListener("click", (event) => event.target.closest(".csv") && trigger(save, sought()));
    new IntersectionObserver(([seen]) => seen.isIntersecting && trigger(open, sought())).observe(element.closest("#ledger"));
  }

  function rows(element) {
    element.addEventListener("click", (event) => {
      if (event.target.closest("a, summary") || String(getSelection())) return;
      event.target.closest("tr")?.querySelector("a.figure")?.click();
    });
  }

  Object.assign(window.jushi, { ledger, rows });
})();
