// The page works without this: "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
  if (event.key === "/" && !typing && !event.ctrlKey && !event.altKey && !event.metaKey) {
    event.preventDefault();
    document.querySelector("main input[type=search], #q").focus();
  }
});

// Suggestions under a search box: an editable combobox with a list (ARIA Authoring Practices 1.2).
// Focus stays in the box; arrows choose, Enter takes, Escape closes; what was typed is kept.
function suggestUnder(box, number) {
  const list = document.createElement("ul");
  list.id = `goi-y-${number}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Gợi ý");
  list.hidden = true;
  const said = document.createElement("span");
  said.className = "unseen";
  said.setAttribute("role", "status");
  box.after(list, said);
  box.parentElement.classList.add("suggesting");
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": list.id, "aria-haspopup": "listbox",
  })) box.setAttribute(name, value);
  let typed = box.value, chosen = -1, waiting = 0, asking = null;

  const options = () => [...list.children];
  const open = () => !list.hidden;
  function show(on) {
    list.hidden = !on;
    box.setAttribute("aria-expanded", String(on));
    if (!on) choose(-1);
  }
  function choose(at) {
    chosen = at;
    options().forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    if (at < 0) { box.removeAttribute("aria-activedescendant"); return; }
    box.setAttribute("aria-activedescendant", options()[at].id);
    options()[at].scrollIntoView({ block: "nearest" });
  }
  function take(at) {
    box.value = options()[at].dataset.text;
    show(false);
    box.form.requestSubmit();
  }
  function put(found) {
    list.replaceChildren(...found.map((one, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.text = one.text;
      const text = document.createElement("span"), detail = document.createElement("span");
      text.textContent = one.text;
      detail.textContent = ` ${one.detail}`;
      detail.className = "age";
      option.append(text, detail);
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(place); });
      return option;
    }));
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
    show(found.length > 0);
    said.textContent = found.length ? `${found.length} gợi ý, dùng mũi tên để chọn` : "";
  }
  async function ask() {
    typed = box.value;
    asking?.abort();
    asking = new AbortController();
    if (typed.trim().length < 2) { put([]); return; }
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`,
        { signal: asking.signal });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (box.value === typed && document.activeElement === box) put(found);
    } catch (error) {
      if (error.name !== "AbortError") put([]);
    }
  }
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 80); });
  box.addEventListener("blur", () => { clearTimeout(waiting); show(false); });
  box.form.addEventListener("submit", () => { clearTimeout(waiting); asking?.abort(); });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (last < 0) return;
      event.preventDefault();
      if (!open()) show(true);
      // Past either end comes the box itself, with nothing chosen.
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = (chosen + 1 + step + last + 2) % (last + 2) - 1;
      choose(next);
    } else if (event.key === "Enter" && open() && chosen >= 0) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === "Escape" && open()) {
      event.preventDefault();
      show(false);
    }
  });
}
document.querySelectorAll("input[data-suggest]").forEach(suggestUnder);

// A passage goes to a pack whole, or as much of it as is selected when its link is followed.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.topack");
  const chosen = String(document.getSelection());
  if (!link || !chosen.trim() || chosen.length > 3000) return;
  const provision = link.closest(".provision");
  if (!provision.contains(document.getSelection().anchorNode)) return;
  const address = new URL(link.href);
  address.searchParams.set("chu", chosen.trim());
  link.href = address;
});

// A table that is walked with the arrow keys (WAI-ARIA grid); without this it is a table of links.
for (const table of document.querySelectorAll("table[data-grid]")) {
  const rows = Array.from(table.rows, (row) => Array.from(row.cells));
  const stop = (cell) => cell.querySelector("a") || cell;
  let here = [0, 0];
  table.setAttribute("role", "grid");
  table.querySelectorAll("a").forEach((link) => { link.tabIndex = -1; });
  stop(rows[0][0]).tabIndex = 0;
  const go = (y, x) => {
    y = Math.max(0, Math.min(rows.length - 1, y));
    x = Math.max(0, Math.min(rows[y].length - 1, x));
    stop(rows[here[0]][here[1]]).tabIndex = -1;
    here = [y, x];
    const cell = stop(rows[y][x]);
    cell.tabIndex = 0;
    cell.focus();
    // What is sticky covers what is focused.
    const box = table.closest(".wide"), at = rows[y][x].getBoundingClientRect(), frame = box.getBoundingClientRect();
    const top = frame.top + rows[0][0].offsetHeight, left = frame.left + rows[0][0].offsetWidth;
    if (y && at.top < top) box.scrollTop -= top - at.top;
    if (x && at.left < left) box.scrollLeft -= left - at.left;
  };
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("th, td");
    const y = cell.parentNode.rowIndex, x = cell.cellIndex;
    if (y !== here[0] || x !== here[1]) {
      stop(rows[here[0]][here[1]]).tabIndex = -1;
      here = [y, x];
      event.target.tabIndex = 0;
    }
  });
  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    const [y, x] = here, far = event.ctrlKey;
    const moves = {
      ArrowUp: [y - 1, x], ArrowDown: [y + 1, x], ArrowLeft: [y, x - 1], ArrowRight: [y, x + 1],
      Home: [far ? 0 : y, 0], End: [far ? rows.length - 1 : y, Infinity],
      PageUp: [y - 10, x], PageDown: [y + 10, x],
    };
    if (event.key in moves) {
      event.preventDefault();
      go(...moves[event.key]);
    }
  });
}

// "Chép trích dẫn": one press copies the first form as text and as a link, and opens the others.
// Where the browser gives no clipboard (not on this machine, no TLS) the words are selected instead.
async function copyForm(box, form, said) {
  const text = form.dataset.form === "địa chỉ" ? form.href : form.textContent;
  const link = document.createElement("a");
  link.href = box.querySelector("a.form").href;
  link.textContent = text;
  try {
    await navigator.clipboard.write([new ClipboardItem({
      "text/plain": new Blob([text], { type: "text/plain" }),
      "text/html": new Blob([link.outerHTML], { type: "text/html" }),
    })]);
    said.textContent = `Đã chép: ${text}`;
  } catch {
    getSelection().selectAllChildren(form);
    said.textContent = "Đã chọn chữ: bấm Ctrl+C để chép.";
  }
}
function readyToCopy(box) {
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.className = "age";
  box.append(said);
  for (const form of box.querySelectorAll(".form")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Chép ${form.dataset.form}`;
    button.setAttribute("aria-label", `${button.textContent}: ${form.textContent}`);
    button.addEventListener("click", () => copyForm(box, form, said));
    form.after(" ", button);
  }
  return said;
}
document.addEventListener("click", (event) => {
  const box = event.target.closest("details.cite > summary")?.parentElement;
  if (!box || box.open) return;
  const said = box.querySelector("[role=status]") || readyToCopy(box);
  copyForm(box, box.querySelector(".form"), said);
});

// A statement that was typed and not saved is asked about before the page is left by another way.
const statement = document.querySelector("textarea[data-keep]");
if (statement) {
  let sent = null;
  document.addEventListener("submit", (event) => { sent = event.target; });
  window.addEventListener("beforeunload", (event) => {
    const unsaved = statement.dataset.keep === "unsaved" || statement.value !== statement.defaultValue;
    if (unsaved && sent !== statement.form) event.preventDefault();
    sent = null;
  });
}

// What is being read is asked for until it is; without this, the link on the page does the same.
const awaited = document.querySelector("[data-await]");
if (awaited) {
  const look = async () => {
    const answer = await fetch(location.href).catch(() => null);
    const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page && page.querySelector("[data-await]");
    if (page && !now) { location.reload(); return; }
    if (now && now.textContent !== awaited.textContent) awaited.replaceChildren(...now.childNodes);
    setTimeout(look, 3000);
  };
  setTimeout(look, 1500);
}
