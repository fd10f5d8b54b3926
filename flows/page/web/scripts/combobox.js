// The search field: an editable combobox with a list, by the ARIA authoring practices. The focus
// stays in the field; arrows move the active option, Enter opens it, Escape closes the list.

import { el, zh } from "./dom.js";
import { find } from "./search.js";
import { joined, t } from "./words.js";

// input, list and status are elements of the page; `units` gives what can be found when it is first
// needed; `open` is called with the unit chosen.
export function combobox({ input, list, status }, units, open) {
  let options = [];
  let active = -1;

  function show() {
    const { shown, total } = find(units(), input.value);
    options = shown;
    list.replaceChildren(...shown.map((unit, place) => optionOf(unit, place)));
    mark(-1);
    toggle(shown.length > 0);
    status.textContent = input.value.trim() ? summary(total, shown.length) : "";
  }

  function toggle(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
  }

  function mark(place) {
    active = place;
    for (const [each, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(each === place));
    }
    const option = list.children[place];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function choose(place) {
    const unit = options[place];
    if (!unit) return;
    close();
    input.value = unit.name ?? "";
    open(unit);
  }

  function close() {
    toggle(false);
    mark(-1);
    status.textContent = "";
  }

  function step(by) {
    if (list.hidden) show();
    const size = options.length;
    if (size) mark(active === -1 && by < 0 ? size - 1 : (active + by + size) % size);
  }

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    // Without a choice made, the first is meant: it is the best fit.
    Enter: () => (list.hidden ? show() : choose(active === -1 ? 0 : active)),
    Escape: () => (list.hidden ? clear() : close()),
  };

  function clear() {
    input.value = "";
    show();
  }

  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    // While an input method composes, keys are its own.
    if (event.isComposing || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  // Not click: the field would lose the focus first and the list would be gone.
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) choose([...list.children].indexOf(option));
  });
}

function optionOf(unit, place) {
  const where = joined([unit.province, unit.city, unit.county]);
  const which = unit.year === null ? unit.id : t("search.unplaced");
  return el(
    "li",
    { role: "option", id: `option-${place}`, "aria-selected": "false" },
    el("strong", {}, zh(unit.name ?? t("no.name"))),
    " ",
    el("span", { class: "where" }, zh(where), " ", which),
  );
}

function summary(total, shown) {
  if (!total) return t("search.none");
  return total > shown ? t("search.some", { n: total, shown }) : t("search.all", { n: total });
}
