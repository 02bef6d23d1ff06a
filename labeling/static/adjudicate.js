// Deciding by keyboard: first who is right (J K L M, or an own grade), then why (1-6), then Enter. The form works without it.
import { actionOf, keyMap, meant, plain } from "./do/keys.js";
import { fill } from "./do/shown_text.js";

const ACCEPT = ["KeyJ", "KeyK", "KeyL", "KeyM"];
const QUESTIONS = ["grade", "signal", "sentiment"];

const form = document.querySelector("[data-decide]");
const said = document.querySelector("[data-said]");
if (said) fill(said, said.textContent);

const all = (name) => [...form.querySelectorAll(`[name="${name}"]`)];
const chosen = (name) => all(name).find((input) => input.checked);
const choose = (input) => {
  if (!input || input.disabled) return;
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
};

/** Which of the two questions is asked now. */
let turn = "answer";

function show() {
  for (const part of document.querySelectorAll("[data-turn]")) part.classList.toggle("now", part.dataset.turn === turn);
}

function answered() {
  const accepted = chosen("accept");
  return accepted && (accepted.value !== "own" || chosen("grade"));
}

function own() {
  choose(all("accept").find((input) => input.value === "own"));
}

function press(code, keys) {
  const key = plain(code);
  if (key === "KeyZ") document.querySelector("[data-undo]")?.requestSubmit();
  else if (!form) return false;
  else if (key === "Backspace") turn = "answer";
  else if (key === "Enter") form.requestSubmit();
  else if (key === "KeyN") form.querySelector("#note").focus();
  else if (ACCEPT.includes(key)) choose(all("accept").filter((input) => input.dataset.letter)[ACCEPT.indexOf(key)]);
  else if (turn === "reason" && /^Digit[1-6]$/.test(key)) choose(all("reason")[Number(key.slice(5)) - 1]);
  else {
    const [group, value] = (actionOf(keys, QUESTIONS, key) ?? "").split(":");
    if (group === "grade" && turn === "answer") choose(all("grade")[Number(value) - 1]);
    else if (group === "signal" || group === "sentiment") {
      own();
      form.querySelector(`#${group}`).value = value;
    } else return false;
  }
  return true;
}

/** A chosen radio button has the focus and takes no keys that mean something here; a text field keeps all of them. */
function forUs(event) {
  const radio = event.target instanceof HTMLInputElement && event.target.type === "radio";
  return radio ? !(event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) : meant(event);
}

form?.addEventListener("change", (event) => {
  if (event.target.name === "grade" || event.target.id === "signal" || event.target.id === "sentiment") own();
  if (event.target.name !== "reason" && answered()) turn = "reason";
  show();
});
const keys = keyMap(JSON.parse(form?.dataset.keys ?? "{}"));
document.addEventListener("keydown", (event) => {
  if (forUs(event) && press(event.code, keys)) event.preventDefault();
  show();
});
show();
