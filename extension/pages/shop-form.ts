/** The options of the shop card: how often it comes, which shops it may open, pictures, searches. */
import { h } from "../lib/dom";
import { t } from "../lib/i18n";
import type { ShopSettings, View } from "../lib/messages";
import { HOST } from "../lib/settings";
import { askWorker } from "./ask-worker";

const EVERY = { least: 2, most: 50 };

export interface ShopForm {
  element: HTMLElement;
  show(view: View): void;
}

/** `asked` is a host that the user came to allow, "" for none; `changed` gets the view after each change. */
export function shopForm(asked: string, changed: (view: View) => void): ShopForm {
  const every = h("input", { type: "number", id: "shop-every", min: EVERY.least, max: EVERY.most, step: 1 });
  const hosts = h("textarea", {
    id: "shop-hosts",
    rows: 4,
    spellcheck: "false",
    "aria-describedby": "shop-hosts-hint",
  });
  const pictures = h("input", { type: "checkbox", id: "shop-pictures" });
  const searches = h("input", { type: "checkbox", id: "shop-searches" });
  const message = h("p", { class: "message", id: "shop-message", role: "status", hidden: true });
  const allow = h("button", { type: "button", class: "primary", id: "shop-allow", hidden: true });
  let shop: ShopSettings | undefined;

  const change = async (change: Partial<ShopSettings>): Promise<void> => {
    if (shop !== undefined) changed(await askWorker({ type: "settings", change: { shop: { ...shop, ...change } } }));
  };
  const say = (tone: "good" | "bad", words: string): void => {
    message.hidden = false;
    message.dataset.tone = tone;
    message.textContent = words;
  };
  const form = h(
    "form",
    { class: "group", novalidate: true, id: "shop-form" },
    h("label", { class: "field" }, h("span", {}, t("options_shop_every")), every),
    h(
      "label",
      { class: "field" },
      h("span", {}, t("options_shop_hosts")),
      hosts,
      h("span", { class: "muted", id: "shop-hosts-hint" }, t("options_shop_hosts_hint")),
    ),
    h("div", { class: "row" }, h("button", { type: "submit" }, t("options_shop_save")), allow),
    message,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { list, wrong } = readHosts(hosts.value);
    const isWhole = Number.isInteger(every.valueAsNumber);
    const isGood = isWhole && every.valueAsNumber >= EVERY.least && every.valueAsNumber <= EVERY.most;
    every.setAttribute("aria-invalid", String(!isGood));
    hosts.setAttribute("aria-invalid", String(wrong !== null));
    if (!isGood) return say("bad", t("options_shop_every_bad"));
    if (wrong !== null) return say("bad", t("options_shop_hosts_bad", wrong));
    await change({ every: every.valueAsNumber, hosts: list });
    hosts.value = list.join("\n");
    say("good", t("options_shop_saved"));
  });
  allow.addEventListener("click", async () => {
    const before = shop?.hosts ?? [];
    await change({ hosts: [...before, asked] });
    hosts.value = [...before, asked].join("\n");
    allow.hidden = true;
    say("good", t("options_shop_saved"));
  });
  pictures.addEventListener("change", () => void change({ pictures: pictures.checked }));
  searches.addEventListener("change", () => void change({ searches: searches.checked }));

  const element = h(
    "div",
    { class: "group" },
    form,
    h("hr"),
    toggle(pictures, t("options_shop_pictures"), t("options_shop_pictures_hint")),
    toggle(searches, t("options_shop_searches"), t("options_shop_searches_hint")),
    h("p", { class: "muted", id: "shop-learning" }, t("options_shop_learning")),
  );
  const show = ({ settings }: View): void => {
    const isFirst = shop === undefined;
    shop = settings.shop;
    pictures.checked = shop.pictures;
    searches.checked = shop.searches;
    if (!isFirst) return; // what is being typed stays
    every.value = String(shop.every);
    hosts.value = shop.hosts.join("\n");
    allow.hidden = !HOST.test(asked) || shop.hosts.includes(asked);
    allow.textContent = t("options_shop_allow", asked);
  };
  return { element, show };
}

/** The hosts of a text with one a line; addresses are cut down to their host. `wrong` is the first that is none. */
export function readHosts(text: string): { list: string[]; wrong: string | null } {
  const list = new Set<string>();
  for (const line of text.split(/[\s,]+/).filter((each) => each !== "")) {
    const host = line
      .toLowerCase()
      .replace(/^https:\/\//, "")
      .replace(/[/?#].*$/, "");
    if (!HOST.test(host)) return { list: [...list], wrong: line };
    list.add(host);
  }
  return { list: [...list], wrong: null };
}

function toggle(box: HTMLInputElement, name: string, hint: string): HTMLElement {
  return h("label", { class: "switch" }, h("span", {}, h("b", {}, name), h("span", { class: "muted" }, hint)), box);
}
