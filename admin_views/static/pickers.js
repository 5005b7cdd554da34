// A combobox over a hidden key: type to find, arrows and Enter to choose, Escape to leave as it was.
const words = document.getElementById("words").dataset;
const PAUSE = 180;
let lists = 0;

class Picker {
  constructor(root) {
    this.key = root.querySelector('input[type="hidden"]');
    this.text = root.querySelector(".picker-text");
    this.url = root.dataset.url;
    this.near = (root.dataset.near || "").split(" ").filter(Boolean);
    this.mayBeBlank = root.dataset.blank === "1";
    this.chosen = this.text.value;
    this.list = this.makeList(root);
    this.at = -1;
    this.listen();
  }

  makeList(root) {
    const list = document.createElement("ul");
    list.className = "picker-list";
    list.id = `picker-list-${(lists += 1)}`;
    list.setAttribute("role", "listbox");
    list.popover = "manual";
    root.append(list);
    this.text.setAttribute("aria-controls", list.id);
    this.text.setAttribute("aria-autocomplete", "list");
    const label = this.text.ariaLabel ?? this.text.labels[0]?.textContent.trim() ?? "";
    list.setAttribute("aria-label", label);
    return list;
  }

  listen() {
    this.text.addEventListener("input", () => this.findSoon());
    this.text.addEventListener("focus", () => this.text.select());
    this.text.addEventListener("click", () => this.isOpen() || this.find(""));
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    this.text.addEventListener("blur", () => this.leave());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest('[role="option"]');
      if (option) this.choose(option);
    });
    const follow = () => this.isOpen() && this.place();
    window.addEventListener("scroll", follow, { capture: true, passive: true });
    window.addEventListener("resize", follow);
  }

  isOpen() {
    return this.list.matches(":popover-open");
  }

  findSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.find(this.text.value.trim()), PAUSE);
  }

  async find(query) {
    clearTimeout(this.timer);
    this.request?.abort();
    const request = (this.request = new AbortController());
    const slow = setTimeout(() => this.say(words.searching, "hint"), 300);
    try {
      const rows = await this.ask(query, request.signal);
      if (!request.signal.aborted) this.show(rows, query);
    } catch {
      if (!request.signal.aborted) this.say(words.pickerFailed, "hint wrong");
    } finally {
      clearTimeout(slow);
    }
  }

  async ask(query, signal) {
    const glue = this.url.includes("?") ? "&" : "?";
    const asked = new URLSearchParams({ ...this.beside(), query });
    const answer = await fetch(`${this.url}${glue}${asked}`, {
      signal,
      headers: { Accept: "application/json" },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  // What the fields beside this one say, such as the patient whose appointment is looked for.
  beside() {
    const found = {};
    const row = this.key.name.slice(0, this.key.name.lastIndexOf("-") + 1);
    for (const name of this.near) {
      const field = (place) => this.key.form?.querySelector(`[name="${place}${name}"]`);
      const value = (field(row) ?? field(""))?.value;
      if (value) found[name] = value;
    }
    return found;
  }

  show(rows, query) {
    this.answered = query;
    const options = rows.map(([id, text, more]) => this.option(id, text, "", more));
    if (this.mayBeBlank && !query) options.unshift(this.option("", words.blank, "blank"));
    if (!rows.length) return this.say(words.nothingFound, "hint", options);
    this.open(options);
    this.mark(query ? 0 : options.findIndex((one) => one.dataset.id === this.key.value));
  }

  option(id, text, kind = "", more = "") {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.className = kind;
    item.dataset.id = id;
    item.textContent = item.dataset.text = text;
    if (more) {
      const second = document.createElement("small");
      second.textContent = more;
      item.append(" ", second);
    }
    return item;
  }

  say(text, kind, options = []) {
    const item = document.createElement("li");
    item.className = kind;
    item.setAttribute("role", "status");
    item.textContent = text;
    this.open([...options, item]);
    this.mark(-1);
  }

  open(items) {
    if (document.activeElement !== this.text) return;
    items.forEach((item, number) => (item.id = `${this.list.id}-${number}`));
    this.list.replaceChildren(...items);
    if (!this.isOpen()) this.list.showPopover();
    this.text.setAttribute("aria-expanded", "true");
    this.place();
  }

  // Styles set through the object model are no inline styles to the content security policy.
  place() {
    const box = this.text.getBoundingClientRect();
    const width = Math.max(box.width, Math.min(280, window.innerWidth - 16));
    const height = this.list.offsetHeight + 4;
    const below = window.innerHeight - box.bottom > height || box.top < height;
    const left = Math.max(8, Math.min(box.left, window.innerWidth - width - 8));
    this.list.style.width = `${width}px`;
    this.list.style.left = `${left}px`;
    this.list.style.top = `${below ? box.bottom + 4 : box.top - height}px`;
  }

  options() {
    return [...this.list.querySelectorAll('[role="option"]')];
  }

  mark(number) {
    const options = this.options();
    this.at = Math.max(-1, Math.min(number, options.length - 1));
    options.forEach((one, place) => one.setAttribute("aria-selected", String(place === this.at)));
    const marked = options[this.at];
    if (marked) this.text.setAttribute("aria-activedescendant", marked.id);
    else this.text.removeAttribute("aria-activedescendant");
    marked?.scrollIntoView({ block: "nearest" });
  }

  pressed(event) {
    const down = event.key === "ArrowDown";
    if (down || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.isOpen()) this.mark(Math.max(0, this.at + (down ? 1 : -1)));
      else this.find("");
    } else if (event.key === "Enter" && this.isOpen() && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const marked = this.options()[this.at];
      if (marked) this.choose(marked);
    } else if (event.key === "Tab" && this.isOpen() && this.text.value !== this.chosen) {
      const only = this.options();
      const isAnswer = this.answered === this.text.value.trim();
      if (only.length === 1 && isAnswer) this.choose(only[0]);
    } else if (event.key === "Escape" && this.isOpen()) {
      event.preventDefault();
      this.text.value = this.chosen;
      this.close();
    }
  }

  choose(option) {
    this.set(option.dataset.id, option.dataset.id ? option.dataset.text : "");
    this.close();
  }

  set(id, text) {
    const changed = this.key.value !== id;
    this.key.value = id;
    this.text.value = this.chosen = text;
    if (changed) this.key.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Text that names no row is not kept: what stands in the box is what will be saved.
  leave() {
    this.close();
    if (!this.text.value.trim() && this.chosen) this.set("", "");
    else this.text.value = this.chosen;
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.isOpen()) this.list.hidePopover();
    this.text.setAttribute("aria-expanded", "false");
    this.text.removeAttribute("aria-activedescendant");
  }
}

function startPickers(root) {
  for (const one of root.querySelectorAll(".picker")) new Picker(one);
}

startPickers(document);
document.addEventListener("row-added", (event) => startPickers(event.target));
