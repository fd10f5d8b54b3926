// The only way elements are made here. Text comes from documents that anybody may have written, so
// it enters as text nodes and attributes, never as markup.

import { language } from "./words.js";

// attributes: true sets a bare attribute; false, null and "" leave it out, but for the value of a
// choice, which may be empty; onX is a listener.
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value || name === "value") element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== ""));
  return element;
}

// Names and findings are Chinese whatever the language of the page.
export function zh(text) {
  const words = text ?? "";
  return language() === "zh" || !words ? words : el("span", { lang: "zh-Hans" }, words);
}

export function hidden(...words) {
  return el("span", { class: "hidden" }, ...words);
}
