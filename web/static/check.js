// The tab 核查: one mark at a time is chosen; its card is shown and its source opened beside it.
(() => {
  "use strict";

  function tell(words) {
    const status = document.querySelector("#verdicts .told");
    if (status) status.textContent = words;
  }

  /** What the server made for this visitor alone: a file to keep, or a text for the clipboard. */
  function handed(props, watch) {
    watch("value", async () => {
      const made = props.value;
      if (made?.copy !== undefined) await jushi.copy(made.copy).then(() => tell("已复制稿子"));
      else if (made?.text !== undefined) jushi.save(made.name, made.type, made.text);
    });
  }

  function review(element, trigger, watch, [decide, turn, edit, exported, copied]) {
    let chosen = -1;
    let only = "";
    let asked = 0;
    const marks = () => [...element.querySelectorAll(".mark")];
    const passing = () => marks().filter((mark) => !only || mark.dataset.verdict === only);
    const markOf = (item) => element.querySelector(`.mark[data-item="${item}"]`);
    const card = () => element.querySelector(".card:not([hidden])");

    /** Shows what is chosen and filtered; server and browser agree on nothing else. */
    function paint() {
      const through = passing();
      for (const mark of marks()) {
        const out = !through.includes(mark);
        mark.classList.toggle("dim", out);
        mark.setAttribute("aria-pressed", Number(mark.dataset.item) === chosen);
        mark.tabIndex = Number(mark.dataset.item) === chosen || (chosen < 0 && mark === through[0]) ? 0 : -1;
      }
      for (const one of element.querySelectorAll(".card")) one.hidden = Number(one.dataset.item) !== chosen;
      for (const button of element.querySelectorAll(".filter")) button.setAttribute("aria-pressed", button.dataset.verdict === only);
      const at = through.findIndex((mark) => Number(mark.dataset.item) === chosen);
      const label = element.querySelector(".at");
      if (label) label.textContent = `${at < 0 ? "–" : at + 1} / ${through.length}`;
    }

    function choose(mark, focus) {
      if (!mark) return;
      chosen = Number(mark.dataset.item);
      paint();
      const cards = element.querySelector(".cards");
      cards.scrollTop = 0;
      const text = mark.closest(".draft");
      const [outer, inner] = [text.getBoundingClientRect(), mark.getBoundingClientRect()];
      if (inner.top < outer.top || inner.bottom > outer.bottom) text.scrollTop += inner.top - outer.top - outer.height / 3;
      if (focus) mark.focus({ preventScroll: true });
      if (jushi.wide()) card()?.querySelector("a.where")?.click();
    }

    function step(by) {
      const through = passing();
      const at = through.findIndex((mark) => Number(mark.dataset.item) === chosen);
      const after = marks().findIndex((mark) => Number(mark.dataset.item) === chosen);
      const next = at >= 0 ? at + by : through.findIndex((mark) => marks().indexOf(mark) > after) + (by < 0 ? -1 : 0);
      choose(through[(next + through.length) % through.length], true);
    }

    element.addEventListener("click", (event) => {
      const on = (selector) => event.target.closest(selector);
      let found;
      if ((found = on(".mark"))) choose(found, true);
      else if ((found = on(".step"))) step(Number(found.dataset.by));
      else if ((found = on(".filter"))) {
        only = found.dataset.verdict;
        paint();
        if (!passing().includes(markOf(chosen))) choose(passing()[0], false);
      } else if ((found = on(".apply"))) trigger(turn, { item: Number(found.dataset.item) });
      else if ((found = on(".undo"))) trigger(decide, { item: Number(found.dataset.item), undo: true, verdict: "", note: "" });
      else if ((found = on(".copy"))) jushi.copy(found.dataset.text).then(() => tell(`已复制 ${found.dataset.text}`));
      else if (on(".edit")) trigger(edit);
      else if (on(".copy-draft")) trigger(copied, { asked: ++asked });
      else if ((found = on(".export"))) trigger(exported, { kind: found.dataset.kind, asked: ++asked });
    });

    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const form = event.target;
      trigger(decide, { item: Number(form.dataset.item), undo: false, verdict: form.verdict.value, note: form.note.value });
    });

    element.addEventListener("keydown", (event) => {
      if (event.target.closest("input, select, textarea, summary") || event.ctrlKey || event.metaKey || event.altKey) return;
      const mark = event.target.closest(".mark");
      const by = { j: 1, k: -1, ...(mark && { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }) }[event.key];
      if (by) step(by);
      else if (mark && (event.key === "Enter" || event.key === " ")) choose(mark, true);
      else return;
      event.preventDefault();
    });

    let draft = null;
    watch("value", () => {
      const text = element.querySelector(".draft");
      for (const form of element.querySelectorAll("form")) form.reset();
      if (!text) {
        [draft, chosen, only] = [null, -1, ""];
        if (!element.querySelector(".pending")) setTimeout(() => document.querySelector("#draft textarea")?.focus(), 50);
      } else if (text !== draft) {
        [draft, chosen, only] = [text, -1, ""];
        paint();
        choose(element.querySelector('.mark[data-verdict="contradicted"]') ?? marks()[0], true);
      } else {
        paint();
        tell("已记下");
      }
    });

    element.closest("#check").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("#draft textarea")) document.querySelector("#check-go").click();
    });
  }

  Object.assign(window.jushi, { review, handed });
})();
