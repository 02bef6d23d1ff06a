/** The options of the shop card: what is kept, what is refused with its reason, what a card brought along. */
import { beforeEach, expect, it, vi } from "vitest";
import { browser } from "wxt/browser";
import type { AdminMessage, View } from "../lib/messages";
import { DEFAULTS, isSettingsChange } from "../lib/settings";
import { readHosts, shopForm } from "./shop-form";

let changes: unknown[];
const view = (shop: Partial<View["settings"]["shop"]> = {}): View => ({
  settings: { ...DEFAULTS, shop: { ...DEFAULTS.shop, ...shop } },
  link: { state: "unpaired" },
  paired: false,
  mayCapture: false,
});

beforeEach(() => {
  changes = [];
  document.body.replaceChildren();
  vi.spyOn(browser.runtime, "sendMessage").mockImplementation((async (message: AdminMessage) => {
    if (message.type === "settings") changes.push(message.change);
    return view();
  }) as never);
});

function opened(asked = "", shop: Partial<View["settings"]["shop"]> = {}) {
  const form = shopForm(asked, () => {});
  document.body.append(form.element);
  form.show(view(shop));
  const by = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
  const submit = async (): Promise<void> => {
    by<HTMLFormElement>("shop-form").dispatchEvent(new Event("submit", { cancelable: true }));
    await vi.waitFor(() => expect(by("shop-message").hidden).toBe(false));
  };
  return { by, submit };
}

it("keeps hosts once each, cut down from what was pasted", async () => {
  const { by, submit } = opened();
  by<HTMLTextAreaElement>("shop-hosts").value = "https://Shop.example/p?id=1\nother.example, shop.example";
  by<HTMLInputElement>("shop-every").value = "3";
  await submit();
  expect(changes).toEqual([{ shop: { ...DEFAULTS.shop, every: 3, hosts: ["shop.example", "other.example"] } }]);
  expect(isSettingsChange(changes[0])).toBe(true);
});

it.each([
  ["not a host", "shop"],
  ["a plain http address", "http://shop.example"],
  ["a script", "javascript:alert(1)"],
  ["an address with a password", "https://a:b@shop.example"],
  ["a number", "127.0.0.1"],
])("refuses %s and says which", async (_, line) => {
  const { by, submit } = opened();
  by<HTMLTextAreaElement>("shop-hosts").value = `good.example\n${line}`;
  await submit();
  expect(by("shop-message").textContent).toContain(`“${line}”`);
  expect(changes).toEqual([]);
  expect(readHosts(line).wrong).toBe(line);
});

it.each(["1", "51", "2.5", ""])("refuses %j videos between two cards", async (value) => {
  const { by, submit } = opened();
  by<HTMLInputElement>("shop-every").value = value;
  await submit();
  expect(by("shop-message").textContent).toBe("Write a whole number from 2 to 50.");
  expect(changes).toEqual([]);
});

it("offers the shop that the user came to allow, but no other text", async () => {
  const { by } = opened("shop.example", { hosts: ["other.example"] });
  expect(by("shop-allow").textContent).toBe("Allow shop.example");
  by("shop-allow").click();
  await vi.waitFor(() => expect(by("shop-message").hidden).toBe(false));
  expect(changes).toEqual([{ shop: { ...DEFAULTS.shop, hosts: ["other.example", "shop.example"] } }]);
  document.body.replaceChildren();
  expect(opened("<b>evil</b>").by("shop-allow").hidden).toBe(true);
});

it("stores pictures and searches as soon as they are switched", async () => {
  const { by } = opened();
  by("shop-pictures").click();
  await vi.waitFor(() => expect(changes).toEqual([{ shop: { ...DEFAULTS.shop, pictures: true } }]));
});

it("says where the one switch is that stops all learning", () => {
  const { by } = opened();
  expect(by("shop-learning").textContent).toBe(browser.i18n.getMessage("options_shop_learning"));
  expect(by("shop-learning").textContent).toContain("Your profile");
});
