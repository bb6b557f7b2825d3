"use strict";
// The texts of documents come from data blocks and go into the page as text only, never as markup.

const PAGE = 20;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.map((child) => (typeof child === "string" ? document.createTextNode(child) : child)));
  return made;
}

// Panels of which one is seen: its key is what the selects say, in their order.
function switchPanels(root) {
  const selects = [...root.querySelectorAll("select[data-choice]")];
  const panels = [...root.querySelectorAll("[data-panel]")];
  const show = () => {
    const key = selects.map((select) => select.value).join(" ");
    for (const panel of panels) panel.hidden = panel.dataset.panel !== key;
  };
  for (const select of selects) select.addEventListener("change", show);
  show();
}

function marked(runs, place) {
  const name = ["", "del", "ins"][place] || "mark";
  const line = document.createDocumentFragment();
  runs.forEach((run, number) => {
    if (run === "") return;
    line.append(number % 2 ? element(name, {}, run) : run);
  });
  return line;
}

function browse(root) {
  const data = JSON.parse(root.querySelector("script").textContent);
  const rows = data.rows.map(([lang, texts, figures, note, labels], place) => ({
    lang, texts, figures, note, place,
    labels: labels.map((value, facet) => data.values[facet][value]),
    words: [...texts.map((runs) => runs.join("")), note].join("\n").toLowerCase(),
  }));
  const body = root.querySelector("tbody");
  const status = root.querySelector("[role=status]");
  const region = root.querySelector(".region");
  const search = root.querySelector("input[type=search]");
  const selects = [...root.querySelectorAll("select[data-facet]")];
  const sorters = [...root.querySelectorAll("button[data-sort]")];
  const [back, forth] = root.querySelectorAll(".pager button");
  const where = root.querySelector(".pager span");
  const state = { page: 0, order: data.order, falling: false };

  const value = (row, key) => (key[0] === "n" ? row.figures[+key.slice(1)] : row.labels[+key.slice(1)]);
  const heading = (key) => (key[0] === "n" ? data.numbers : data.facets)[+key.slice(1)];

  function compare(one, other) {
    if (!state.order) return one.place - other.place;
    const [a, b] = [value(one, state.order), value(other, state.order)];
    const order = typeof a === "number" ? a - b : a < b ? -1 : a > b ? 1 : 0;
    return (state.falling ? -order : order) || one.place - other.place;
  }

  function chosen() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = selects.filter((select) => select.value).map((select) => [+select.dataset.facet, select.value]);
    return rows
      .filter((row) => wanted.every(([facet, label]) => row.labels[facet] === label))
      .filter((row) => words.every((word) => row.words.includes(word)))
      .sort(compare);
  }

  function texts(row) {
    const list = element("dl", { class: "texts" });
    row.texts.forEach((runs, place) => {
      const said = element("dd", row.lang ? { lang: row.lang, dir: "auto" } : { dir: "auto" });
      said.append(marked(runs, place));
      list.append(element("div", {}, element("dt", {}, data.texts[place]), said));
    });
    if (row.note) list.append(element("div", {}, element("dt", {}, "Note"), element("dd", { dir: "auto" }, row.note)));
    return list;
  }

  function cell(row, keys) {
    if (keys[0] === "t") return element("td", { role: "cell", class: "said" }, texts(row));
    const made = element("td", { role: "cell", class: keys[0][0] === "n" ? "figure" : "label" });
    for (const key of keys) {
      const shown = value(row, key);
      const text = typeof shown === "number" ? shown.toFixed(3).replace("-", "−") : shown;
      made.append(element("div", {}, element("span", { class: "name" }, `${heading(key)} `), element("bdi", {}, text)));
    }
    return made;
  }

  function show() {
    const found = chosen();
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    state.page = Math.min(state.page, pages - 1);
    const first = state.page * PAGE;
    const seen = found.slice(first, first + PAGE);
    body.replaceChildren(
      ...seen.map((row) => element("tr", { role: "row" }, ...data.columns.map((keys) => cell(row, keys))))
    );
    status.textContent = found.length
      ? `Rows ${first + 1}–${first + seen.length} of ${found.length.toLocaleString("en")}`
      : "No row is like that: choose other filters.";
    where.textContent = `Page ${state.page + 1} of ${pages}`;
    back.setAttribute("aria-disabled", state.page === 0);
    forth.setAttribute("aria-disabled", state.page === pages - 1);
    for (const sorter of sorters) {
      const active = sorter.dataset.sort === state.order;
      sorter.dataset.state = active ? (state.falling ? "falling" : "rising") : "";
    }
    for (const head of root.querySelectorAll("th")) {
      const active = head.querySelector("[data-state=rising], [data-state=falling]");
      if (active) head.setAttribute("aria-sort", state.falling ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  function turn(step) {
    return (event) => {
      if (event.currentTarget.getAttribute("aria-disabled") === "true") return;
      state.page += step;
      show();
      if (region.getBoundingClientRect().top < 0) root.scrollIntoView();
    };
  }

  const again = () => {
    state.page = 0;
    show();
  };
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(again, 120);
  });
  for (const select of selects) select.addEventListener("change", again);
  for (const sorter of sorters) {
    sorter.addEventListener("click", () => {
      state.falling = sorter.dataset.sort === state.order && !state.falling;
      state.order = sorter.dataset.sort;
      again();
    });
  }
  root.querySelector("button[data-reset]").addEventListener("click", () => {
    search.value = "";
    for (const select of selects) select.value = "";
    Object.assign(state, { order: data.order, falling: false });
    again();
  });
  back.addEventListener("click", turn(-1));
  forth.addEventListener("click", turn(1));
  show();
  root.classList.add("ready");
}

document.querySelectorAll("[data-switch]").forEach(switchPanels);
document.querySelectorAll("[data-browser]").forEach(browse);
