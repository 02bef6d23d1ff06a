/** The pairing form, in the setup and in the options. */
import { h } from "../lib/dom";
import { t } from "../lib/i18n";
import { askWorker } from "./ask-worker";

/** A form that asks for the code and a name; calls `paired` once the companion has accepted. */
export function pairForm(paired: () => void): HTMLFormElement {
  const code = h("input", {
    type: "text",
    name: "code",
    class: "code",
    required: true,
    maxlength: 12,
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    "aria-describedby": "pair-code-hint pair-message",
  });
  const name = h("input", { type: "text", name: "name", maxlength: 64, value: browserName(), autocomplete: "off" });
  const submit = h("button", { type: "submit", class: "primary" }, t("pair_submit"));
  const message = h("p", { class: "message", id: "pair-message", role: "status", hidden: true });
  const form = h(
    "form",
    { class: "pair" },
    h(
      "label",
      { class: "field" },
      h("span", {}, t("pair_code")),
      code,
      h("span", { class: "muted", id: "pair-code-hint" }, t("pair_code_hint")),
    ),
    h(
      "label",
      { class: "field" },
      h("span", {}, t("pair_name")),
      name,
      h("span", { class: "muted" }, t("pair_name_hint")),
    ),
    submit,
    message,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    submit.textContent = t("pair_busy");
    const reply = await askWorker({ type: "pair", code: code.value, name: name.value.trim() || browserName() });
    submit.disabled = false;
    submit.textContent = t("pair_submit");
    message.hidden = false;
    message.dataset.tone = reply.ok ? "good" : "bad";
    message.textContent = reply.ok ? t("pair_done") : reply.message;
    code.setAttribute("aria-invalid", String(!reply.ok));
    if (reply.ok) paired();
    else code.select();
  });
  return form;
}

/** "Chromium on this computer", from what the browser says of itself. */
function browserName(): string {
  const known: [RegExp, string][] = [
    [/Firefox\//, "Firefox"],
    [/Edg\//, "Edge"],
    [/OPR\//, "Opera"],
    [/Chrome\//, "Chrome"],
  ];
  const found = known.find(([mark]) => mark.test(navigator.userAgent));
  return t("pair_default_name", found?.[1] ?? "Browser");
}
