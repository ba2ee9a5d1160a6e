// The page's own behaviour: citations open and are marked in the source pane. Offsets count characters of `raw`.
window.jushi = (() => {
  "use strict";
  const state = { props: null, server: null, pane: null, opener: null };
  const wide = () => matchMedia("(min-width: 900px)").matches;
  const soon = () => new Promise((done) => setTimeout(done, 0));
  const spansOf = (value) => (value ? value.split(",").map((span) => span.split("-").map(Number)) : []);
  document.documentElement.lang = "zh-CN";

  /** Wraps the characters of `raw` at `spans` in elements of a class; text nodes are split, never changed. */
  function mark(paper, spans, tag, kind) {
    for (const run of paper.querySelectorAll(".run")) {
      const walker = document.createTreeWalker(run, NodeFilter.SHOW_TEXT);
      const nodes = [];
      while (walker.nextNode()) nodes.push(walker.currentNode);
      let at = Number(run.dataset.at);
      for (const node of nodes) {
        const characters = [...node.data];
        const unit = (offset) => characters.slice(0, offset - at).join("").length;
        const inside = spans.map(([s, e]) => [Math.max(s, at), Math.min(e, at + characters.length)]).filter(([s, e]) => s < e);
        for (const [s, e] of inside.reverse()) {
          const range = document.createRange();
          range.setStart(node, unit(s));
          range.setEnd(node, unit(e));
          const element = document.createElement(tag);
          element.className = kind;
          range.surroundContents(element);
        }
        at += characters.length;
      }
    }
  }

  function unmark(paper) {
    for (const element of paper.querySelectorAll("mark, .hit")) element.replaceWith(...element.childNodes);
    paper.normalize();
  }

  /** Opens a document at a place: marks it, scrolls to it; on a narrow screen raises the sheet where `sheet` says so. */
  async function open(name, spans, highlight, sheet) {
    let paper = state.pane?.querySelector(".paper");
    if (!paper) return;
    if (paper.dataset.document !== name) {
      state.props.value = await state.server.show(name);
      await soon();
      paper = state.pane.querySelector(".paper");
      if (paper.dataset.document !== name) return;
    }
    unmark(paper);
    mark(paper, spans, "mark", "cited");
    mark(paper, highlight, "b", "hit");
    if (sheet) raise();
    const first = paper.querySelector("mark");
    if (!first) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = paper.scrollTop + first.getBoundingClientRect().top - paper.getBoundingClientRect().top - paper.clientHeight / 3;
    paper.scrollTo({ top, behavior: still ? "auto" : "smooth" });
  }

  function openLink(link, sheet) {
    document.querySelectorAll("#desk [aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    return open(link.dataset.document, spansOf(link.dataset.spans), spansOf(link.dataset.highlight), sheet);
  }

  function raise() {
    if (wide() || document.body.classList.contains("reading")) return;
    state.opener = document.activeElement;
    document.body.classList.add("reading");
    document.getElementById("desk").inert = true;
    state.pane.querySelector(".close").focus();
  }

  function lower() {
    if (!document.body.classList.contains("reading")) return;
    document.body.classList.remove("reading");
    document.getElementById("desk").inert = false;
    state.opener?.focus();
  }

  /** In every tab a link to a place in a document opens it in the source pane. */
  function followed(event) {
    const link = event.target.closest("#desk a[data-document]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openLink(link, true);
    history.replaceState(null, "", link.href);
  }

  function masthead(element) {
    element.querySelector(".open-source").addEventListener("click", raise);
    document.addEventListener("click", followed);
    document.addEventListener("keydown", (event) => event.key === "Escape" && lower());
  }

  function conversation(element, trigger, watch, example) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest(".example");
      if (button) trigger(example, { question: button.textContent });
    });
    watch("value", () => {
      const last = element.querySelector(".turn:last-child");
      if (!last) return;
      last.scrollIntoView({ block: "start" });
      const cited = last.querySelector("a.cite");
      if (cited && wide()) openLink(cited, false);
    });
  }

  function foot(element, trigger, restart) {
    element.querySelector(".restart").addEventListener("click", () => trigger(restart));
  }

  function source(element, props, server) {
    Object.assign(state, { pane: element, props, server });
    element.addEventListener("click", (event) => event.target.closest(".close") && lower());
    element.addEventListener("change", async (event) => {
      if (event.target.matches(".which")) props.value = await server.show(event.target.value);
    });
    const asked = new URLSearchParams(location.search);
    const span = asked.get("span") ?? "";
    if (!asked.has("doc") || !/^(\d+-\d+(,\d+-\d+)*)?$/.test(span)) return;
    const waiting = setInterval(() => {
      if (!element.querySelector(".paper")) return;
      clearInterval(waiting);
      open(asked.get("doc"), spansOf(span), [], true);
    }, 50);
  }

  return { masthead, conversation, foot, source };
})();
