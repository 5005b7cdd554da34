// «Find anything» at the top of a page: a combobox that answers while one types.
// Without it the field is a plain form that opens the page of all answers.
const words = document.getElementById("words")?.dataset ?? {};
const PAUSE = 150;

class Finder {
  constructor(form) {
    this.form = form;
    this.text = form.querySelector('input[type="search"]');
    this.url = new URL("answers/", new URL(form.getAttribute("action"), location.href));
    this.sheet = this.makeSheet();
    this.at = -1;
    this.answered = null;
    this.describe();
    this.listen();
  }

  makeSheet() {
    const sheet = document.createElement("div");
    sheet.className = "find-sheet";
    sheet.id = "find-answers";
    sheet.popover = "manual";
    this.form.append(sheet);
    return sheet;
  }

  describe() {
    const said = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(said)) this.text.setAttribute(name, value);
    this.text.setAttribute("aria-expanded", "false");
    this.text.setAttribute("aria-controls", this.sheet.id);
    this.status = document.createElement("span");
    this.status.className = "sr-only";
    this.status.setAttribute("role", "status");
    this.form.append(this.status);
  }

  listen() {
    this.text.addEventListener("input", () => this.findSoon());
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    this.text.addEventListener("focus", () => this.typed() && this.findSoon());
    this.sheet.addEventListener("mousedown", (event) => event.preventDefault());
    this.form.addEventListener("focusout", (event) => {
      if (!this.form.contains(event.relatedTarget)) this.close();
    });
    const follow = () => this.isOpen() && this.place();
    window.addEventListener("scroll", follow, { capture: true, passive: true });
    window.addEventListener("resize", follow);
  }

  typed() {
    return this.text.value.trim();
  }

  isOpen() {
    return this.sheet.matches(":popover-open");
  }

  findSoon() {
    clearTimeout(this.timer);
    if (!this.typed()) return this.close();
    this.timer = setTimeout(() => this.find(this.typed()), PAUSE);
  }

  async find(asked) {
    this.request?.abort();
    const request = (this.request = new AbortController());
    this.text.setAttribute("aria-busy", "true");
    const slow = setTimeout(() => this.say(words.searching), 400);
    try {
      const part = await this.ask(asked, request.signal);
      if (!request.signal.aborted) this.show(part, asked);
    } catch {
      if (!request.signal.aborted) this.say(words.pickerFailed);
    } finally {
      clearTimeout(slow);
      if (this.request === request) this.text.removeAttribute("aria-busy");
    }
  }

  async ask(asked, signal) {
    const url = new URL(this.url);
    url.searchParams.set("search", asked);
    const answer = await fetch(url, { signal, headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), "text/html").body;
  }

  show(part, asked) {
    this.answered = asked;
    this.open([...part.childNodes]);
    this.status.textContent = this.sheet.querySelector(".answers-none p")?.textContent ?? this.summary();
  }

  summary() {
    const heads = [...this.sheet.querySelectorAll(".answers-head")];
    return heads.map((head) => head.textContent.trim().replace(/\s+/g, " ")).join(", ");
  }

  say(text) {
    const line = document.createElement("p");
    line.className = "find-hint";
    line.textContent = this.status.textContent = text;
    this.answered = null;
    this.open([line]);
  }

  open(nodes) {
    if (document.activeElement !== this.text) return;
    this.sheet.replaceChildren(...nodes);
    this.options().forEach((one, place) => (one.id = `find-answer-${place}`));
    if (!this.isOpen()) this.sheet.showPopover();
    this.sheet.scrollTop = 0;
    this.text.setAttribute("aria-expanded", "true");
    this.place();
    this.mark(-1);
  }

  // Styles set through the object model are no inline styles to the content security policy.
  place() {
    const box = this.form.getBoundingClientRect();
    const width = Math.min(Math.max(box.width, 416), window.innerWidth - 16);
    const left = Math.max(8, Math.min(box.left, window.innerWidth - width - 8));
    this.sheet.style.width = `${width}px`;
    this.sheet.style.left = `${left}px`;
    this.sheet.style.top = `${box.bottom + 6}px`;
    this.sheet.style.maxHeight = `${Math.max(160, window.innerHeight - box.bottom - 22)}px`;
  }

  options() {
    return [...this.sheet.querySelectorAll('[role="option"]')];
  }

  mark(number) {
    const options = this.options();
    this.at = options.length ? Math.max(-1, Math.min(number, options.length - 1)) : -1;
    options.forEach((one, place) => one.setAttribute("aria-selected", String(place === this.at)));
    const marked = options[this.at];
    if (marked) this.text.setAttribute("aria-activedescendant", marked.id);
    else this.text.removeAttribute("aria-activedescendant");
    marked?.scrollIntoView({ block: "nearest" });
  }

  pressed(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!this.isOpen()) this.findSoon();
      else this.mark(this.at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && this.isOpen() && this.at >= 0) {
      event.preventDefault();
      this.options()[this.at].click();
    } else if (event.key === "Escape" && this.isOpen()) {
      event.preventDefault();
      this.close();
    }
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.isOpen()) this.sheet.hidePopover();
    this.text.setAttribute("aria-expanded", "false");
    this.text.removeAttribute("aria-activedescendant");
    this.at = -1;
  }
}

for (const form of document.querySelectorAll("header.top form.find")) new Finder(form);
