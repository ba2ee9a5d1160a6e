// The page's own behaviour: citations open and are marked in the source pane. Offsets count characters of `raw`.
window.jushi = (() => {
  "use strict";
  const state = { props: null, server: null, pane: null, opener: null, shown: null, turn: 0 };
  const KEPT = "jushi-conversation";
  const wide = () => matchMedia("(min-width: 900px)").matches;
  const soon = () => new Promise((done) => setTimeout(done, 0));
  const spansOf = (value) => (value ? value.split(",").map((span) => span.split("-").map(Number)) : []);
  document.documentElement.lang = "zh-CN";

  /** Wraps the characters of `raw` at `spans` in elements of a class; text nodes are split, never changed. */
  function mark(paper, spans, tag, kind) {
    if (!spans.length) return;
    const from = Math.min(...spans.map(([s]) => s));
    const to = Math.max(...spans.map(([, e]) => e));
    for (const run of paper.querySelectorAll(".run")) {
      let at = Number(run.dataset.at);
      if (at >= to || at + run.textContent.length <= from) continue;
      const walker = document.createTreeWalker(run, NodeFilter.SHOW_TEXT);
      const nodes = [];
      while (walker.nextNode()) nodes.push(walker.currentNode);
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
    for (const element of paper.querySelectorAll("mark, .hit")) {
      const run = element.closest(".run");
      element.replaceWith(...element.childNodes);
      run?.normalize();
    }
  }

  /** Marks in a pane what was opened last. */
  function remark(paper) {
    unmark(paper);
    mark(paper, state.shown.spans, "mark", "cited");
    mark(paper, state.shown.highlight, "b", "hit");
  }

  /** Puts an element a third down the pane; again until what is laid out on the way moves it no more. */
  async function reach(paper, element) {
    const off = () => element.getBoundingClientRect().top - paper.getBoundingClientRect().top - paper.clientHeight / 3;
    const near = Math.abs(off()) < 3 * paper.clientHeight && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (near) return paper.scrollBy({ top: off(), behavior: "smooth" });
    for (let tries = 0; tries < 8 && element.isConnected; tries++) {
      paper.scrollBy({ top: off(), behavior: "instant" });
      await new Promise(requestAnimationFrame);
      await soon();
    }
  }

  /** Fetches a document into the pane, whatever is open there; null where another was asked for meanwhile. */
  async function load(name) {
    const turn = ++state.turn;
    const shown = await state.server.show(name);
    if (turn !== state.turn) return null;
    state.props.value = shown;
    await soon();
    return state.pane.querySelector(".paper");
  }

  /** Opens a document at a place: marks it, scrolls to it; on a narrow screen raises the sheet where `sheet` says so. */
  async function open(name, spans, highlight, sheet) {
    let paper = state.pane?.querySelector(".paper");
    if (!paper) return;
    if (paper.dataset.document !== name) paper = await load(name);
    if (sheet) raise();
    if (paper?.dataset.document !== name) return;
    state.shown = { name, spans, highlight };
    remark(paper);
    const first = [...paper.querySelectorAll("mark")].find((marked) => marked.getClientRects().length);
    if (first) await reach(paper, first);
  }

  /** Shows the open document as it is now, at the place where it was; another one where it is the one that was taken out. */
  async function refresh(removed) {
    const before = state.pane?.querySelector(".paper");
    if (!state.server) return;
    const top = before?.scrollTop ?? 0;
    const name = before?.dataset.document ?? "";
    const paper = await load(name === removed ? "" : name);
    if (!paper || paper.dataset.document !== name) return;
    paper.scrollTop = top;
    if (state.shown?.name === name) remark(paper);
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

  function source(element, props, server) {
    Object.assign(state, { pane: element, props, server });
    element.addEventListener("click", (event) => event.target.closest(".close") && lower());
    element.addEventListener("change", async (event) => {
      if (event.target.matches(".which")) await load(event.target.value);
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

  /** What the server gives this tab to keep outlives its reload; a new tab goes on with what was said last in this browser. */
  function keep(props, watch) {
    watch("value", () => {
      try {
        for (const storage of [sessionStorage, localStorage]) storage.setItem(KEPT, JSON.stringify(props.value));
      } catch {} // full, or forbidden: then a reload begins anew
    });
  }

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(KEPT) ?? localStorage.getItem(KEPT));
    } catch {
      return null;
    }
  }

  /** Hands a text to the visitor as a file; nothing leaves the browser. */
  function save(name, kind, content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: `${kind};charset=utf-8` }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  /** Copies a text; whether it could. */
  async function copy(words) {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      return copyByHand(words); // without https the browser has no navigator.clipboard
    }
  }

  function copyByHand(words) {
    const focused = document.activeElement;
    const area = Object.assign(document.createElement("textarea"), { value: words });
    area.style.cssText = "position:fixed;opacity:0";
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    focused?.focus();
    return copied;
  }

  return { masthead, source, refresh, openLink, wide, keep, kept, save, copy };
})();
