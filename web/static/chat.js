// The chat tab's own behaviour: the answer that unrolls, the card over a citation's number, copying, rating, saving.
Object.assign(window.jushi, (() => {
  "use strict";
  const state = { foot: null, log: null, unrolling: 0, hush: 0 };
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const UNROLL = 900; // milliseconds, whatever the length
  const LINGER = 200;

  /** Says a thing below the question box and to screen readers, for a while. */
  function say(words) {
    const place = state.foot?.querySelector(".said");
    if (!place) return;
    clearTimeout(state.hush);
    place.textContent = "";
    requestAnimationFrame(() => (place.textContent = words));
    state.hush = setTimeout(() => (place.textContent = ""), 6000);
  }

  /** Shows a statement bit by bit. All of it is in the page from the start, for readers and for copying: what is to come is only painted unseen. */
  function unroll(statement) {
    if (!statement || still() || !window.CSS?.highlights) return;
    const run = ++state.unrolling;
    const walker = document.createTreeWalker(statement, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    const length = nodes.reduce((sum, node) => sum + node.length, 0);
    const began = performance.now();
    const done = () => {
      CSS.highlights.delete("coming");
      statement.querySelectorAll(".coming").forEach((mark) => mark.classList.remove("coming"));
    };
    const step = (time) => {
      if (run !== state.unrolling) return;
      let left = Math.floor((length * (time - began)) / UNROLL);
      const coming = new Highlight();
      for (const node of nodes) {
        const mark = node.parentElement?.closest(".cite");
        mark?.classList.toggle("coming", left <= 0);
        if (left < node.length && node.length) {
          const range = new Range();
          range.setStart(node, Math.max(0, left));
          range.setEnd(node, node.length);
          coming.add(range);
        }
        left -= node.length;
      }
      if (!statement.isConnected || left >= 0) return done();
      CSS.highlights.set("coming", coming);
      requestAnimationFrame(step);
    };
    step(began);
  }

  /** The card that says where a citation stands and what it quotes: by pointer and by keyboard, on wide screens. */
  function cards(element) {
    let shown = null;
    let leaving = 0;
    const cardOf = (mark) => document.getElementById(mark.getAttribute("aria-describedby"));
    const hide = () => {
      clearTimeout(leaving);
      if (shown?.card.isConnected && shown.card.matches(":popover-open")) shown.card.hidePopover();
      shown = null;
    };
    const show = (mark) => {
      clearTimeout(leaving);
      const card = cardOf(mark);
      if (!jushi.wide() || !card?.showPopover || shown?.card === card) return;
      hide();
      card.showPopover();
      const at = mark.getBoundingClientRect();
      const pane = element.getBoundingClientRect();
      const above = at.top - card.offsetHeight - 8;
      card.style.left = `${Math.max(8, Math.min(at.left - 16, Math.max(pane.right, card.offsetWidth + 16) - card.offsetWidth - 8))}px`;
      card.style.top = `${above >= 8 ? above : Math.min(at.bottom + 8, innerHeight - card.offsetHeight - 8)}px`;
      shown = { card, mark };
    };
    const leave = () => {
      clearTimeout(leaving);
      leaving = setTimeout(hide, LINGER);
    };
    element.addEventListener("pointerover", (event) => {
      const mark = event.target.closest(".cite");
      if (mark) show(mark);
      else if (event.target.closest(".card")) clearTimeout(leaving);
    });
    element.addEventListener("pointerout", (event) => event.target.closest(".cite, .card") && leave());
    element.addEventListener("focusin", (event) => event.target.matches(".cite") && event.target.matches(":focus-visible") && show(event.target));
    element.addEventListener("focusout", (event) => event.target.matches(".cite") && hide());
    element.addEventListener("click", (event) => event.target.closest(".cite") && hide());
    element.addEventListener("scroll", hide, true);
    document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  }

  async function copy(button) {
    const copied = await jushi.copy(button.dataset.text);
    say(copied ? "答案和引文已复制。" : "浏览器不许复制；请选中文字自行复制。");
    if (!copied) return;
    button.textContent = "已复制";
    setTimeout(() => (button.textContent = "复制"), 2000);
  }

  function conversation(element, trigger, watch, example, rate) {
    const unfolded = new Set();
    let before = ""; // what the last turn was: being looked for, being written, or settled
    state.log = element;
    cards(element);
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.matches(".example")) trigger(example, { question: button.textContent });
      if (button.matches(".copy")) copy(button);
      if (button.matches(".rate")) {
        const rating = button.getAttribute("aria-pressed") === "true" ? null : button.dataset.rating;
        trigger(rate, { id: button.closest(".answer").querySelector(".reason").dataset.id, rating, reason: "" });
      }
    });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const form = event.target;
      const pressed = form.closest(".answer").querySelector(".rate[aria-pressed=true]");
      trigger(rate, { id: form.dataset.id, rating: pressed?.dataset.rating ?? null, reason: form.querySelector("input").value });
    });
    element.addEventListener("toggle", ({ target }) => (target.open ? unfolded.add(target) : unfolded.delete(target)), true);
    watch("value", () => {
      for (const details of unfolded) details.isConnected ? (details.open = true) : unfolded.delete(details); // rendering has closed them
      const last = element.querySelector(".turn:last-child");
      const phase = element.querySelector(".writing") ? "writing" : element.querySelector(".pending") ? "pending" : "";
      const answered = before === "pending" && phase !== "pending";
      const grown = before === "writing";
      before = phase;
      if (!last || grown) return;
      last.scrollIntoView({ block: "start" });
      if (answered && !phase) unroll(last.querySelector(".statement"));
      const cited = last.querySelector("a.cite");
      if (cited && jushi.wide() && (answered || !new URLSearchParams(location.search).has("doc"))) jushi.openLink(cited, false);
    });
  }

  function scope(element) {
    element.addEventListener("click", (event) => {
      if (!event.target.closest(".rescope")) return;
      [...document.querySelectorAll("#tabs button[role=tab]")].find((tab) => tab.textContent.trim() === "文档")?.click();
    });
  }

  function foot(element, trigger, restart, take) {
    state.foot = element;
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.matches(".restart")) trigger(restart);
      if (button?.matches(".take")) trigger(take, { kind: button.dataset.kind });
    });
  }

  /** What the server has to say to this script. */
  function mailed(props, watch) {
    watch("value", () => {
      const mail = JSON.parse(props.value);
      say(mail.say);
      if (mail.file) jushi.save(mail.file, mail.kind, mail.content);
      if (mail.rated) rated(mail);
    });
  }

  function rated(mail) {
    const form = state.log.querySelector(`.reason[data-id="${CSS.escape(mail.rated)}"]`);
    if (!form) return;
    for (const thumb of form.closest(".answer").querySelectorAll(".rate")) thumb.setAttribute("aria-pressed", String(thumb.dataset.rating === mail.rating));
    form.hidden = !mail.rating || mail.reasoned;
    form.querySelector("input").value = "";
  }

  return { conversation, scope, foot, mailed };
})());
