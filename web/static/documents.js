// The tab 文档: files chosen and sent, a removal confirmed, the documents that questions go to. web/documents.py does the work.
Object.assign(window.jushi, (() => {
  "use strict";
  const desk = { list: null, trigger: null, events: null, version: null, removed: null, finished: () => {} };
  const boxes = () => [...desk.list.querySelectorAll(".asked")];
  const readable = (name) => name.replace(/[\p{Cc}\p{Cf}]/gu, "\ufffd");
  const ticked = () => boxes().filter((box) => box.checked).map((box) => box.dataset.name);

  /** The list anew; where only some documents are asked, the added ones are from now on. */
  function relist(added = []) {
    if (!added.length || boxes().every((box) => box.checked)) desk.trigger(desk.events.seen, {});
    else desk.trigger(desk.events.scoped, { names: [...ticked(), ...added] });
  }

  function upload(element, trigger, send, given) {
    const form = element.querySelector("form");
    const [input, chosen, details, date, submit] = ["input[type=file]", ".chosen", ".given", ".date", "[type=submit]"].map((found) => form.querySelector(found));
    const limit = Number(form.dataset.limit);
    let files = [];

    const row = (file) => {
      const item = document.createElement("li");
      const name = document.createElement("bdi");
      const size = document.createElement("span");
      const drop = document.createElement("button");
      name.textContent = readable(file.name);
      size.textContent = file.size > limit ? `太大，超过 ${limit / 2 ** 20} MB` : file.size < 1024 ? `${file.size} 字节` : `${Math.round(file.size / 1024).toLocaleString()} KB`;
      size.className = file.size > limit ? "over" : "size";
      Object.assign(drop, { type: "button", textContent: "去掉" });
      drop.setAttribute("aria-label", `不添加“${readable(file.name)}”`);
      drop.addEventListener("click", () => {
        files = files.filter((other) => other !== file);
        shown();
        input.focus();
      });
      item.append(name, size, drop);
      return item;
    };
    const shown = () => {
      chosen.replaceChildren(...files.map(row));
      details.hidden = !files.length;
      submit.disabled = files.some((file) => file.size > limit);
    };
    const choose = (more) => {
      files = [...files.filter((file) => ![...more].some((other) => other.name === file.name)), ...more];
      shown();
      if (files.length) submit.focus();
    };
    const busy = (now) => {
      for (const control of form.elements) control.disabled = now;
      form.classList.toggle("busy", now);
      if (!now) shown();
    };

    input.addEventListener("change", () => {
      choose(input.files);
      input.value = "";
    });
    for (const kind of ["dragover", "dragleave", "drop"]) {
      form.addEventListener(kind, (event) => {
        event.preventDefault();
        form.classList.toggle("over", kind === "dragover");
        if (kind === "drop" && !input.disabled) choose(event.dataTransfer.files);
      });
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (!files.length || submit.disabled) return;
      busy(true);
      const sent = [];
      try {
        for (const file of files) {
          say(`正在上传 ${sent.length + 1} / ${files.length}：${readable(file.name)}`, "working");
          sent.push({ path: (await send(new File([file], "document"))).path, name: file.name });
        }
      } catch {
        say("上传没有成功，可能是网络断了，或文件在上传时变了；请再试一次。", "failed");
        busy(false);
        return;
      }
      desk.removed = null;
      trigger(given, { files: sent, date: date.value });
    });
    desk.finished = (done) => {
      if (done) {
        files = [];
        date.value = "";
      }
      busy(false);
    };
  }

  /** A line of this page's own where that of the server stands. */
  function say(words, kind) {
    const line = document.createElement("p");
    const box = document.createElement("div");
    line.textContent = words;
    box.className = kind;
    box.append(line);
    document.querySelector("#upload-status [role=status]").replaceChildren(box);
  }

  function uploaded(element, watch) {
    watch("value", () => {
      const done = element.querySelector(".done");
      if (!done && !element.querySelector(".failed")) return;
      desk.finished(done);
      relist([...element.querySelectorAll(".done a")].map((link) => link.dataset.document));
    });
  }

  function documents(element, trigger, watch, scoped, dropped, seen) {
    Object.assign(desk, { list: element, trigger, events: { scoped, dropped, seen } });
    const dialog = document.querySelector("#upload .removal");
    let name = null;
    element.addEventListener("click", (event) => {
      if (event.target.matches(".every")) trigger(scoped, { names: boxes().map((box) => box.dataset.name) });
      if (!event.target.matches(".remove")) return;
      name = event.target.dataset.name;
      dialog.querySelector("bdi").textContent = readable(name);
      dialog.showModal();
    });
    element.addEventListener("change", (event) => {
      if (!event.target.matches(".asked")) return;
      if (ticked().length) return trigger(scoped, { names: ticked() });
      event.target.checked = true;
      say("至少要留一篇来问。", "failed");
    });
    dialog.querySelector(".keep").addEventListener("click", () => dialog.close());
    dialog.querySelector(".sure").addEventListener("click", () => {
      dialog.close();
      desk.removed = name;
      say(`正在移除“${readable(name)}”…`, "working");
      trigger(dropped, { name });
    });
    const noticed = () => {
      for (const box of boxes()) box.checked = box.hasAttribute("checked");
      const version = element.querySelector(".documents")?.dataset.version ?? "";
      if (desk.version !== null && desk.version !== version) window.jushi.refresh(desk.removed);
      desk.version = version;
    };
    watch("value", noticed);
    if (element.querySelector(".documents, .nothing")) noticed(); // a tab is rendered when it is first opened, its list is there by then
    const look = () => document.visibilityState === "visible" && element.checkVisibility() && desk.version !== null && relist();
    new IntersectionObserver(([entry]) => entry.isIntersecting && look()).observe(element);
    document.addEventListener("visibilitychange", look);
    addEventListener("focus", look);
  }

  return { upload, uploaded, documents };
})());
