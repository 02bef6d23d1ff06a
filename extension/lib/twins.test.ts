import { expect, it } from "vitest";
import { Twins } from "./twins";

function row(): Element {
  return document.body.appendChild(document.createElement("p"));
}

it("numbers equal comments by their place, and forgets those that left", () => {
  const twins = new Twins();
  const [a, b, c] = [row(), row(), row()];
  expect([twins.nth("x", a), twins.nth("x", b), twins.nth("y", c)]).toEqual([0, 1, 0]);
  expect(twins.nth("x", b)).toBe(1);
  a.remove();
  expect(twins.nth("x", b)).toBe(0);
});

it("stays bounded however many comments pass", () => {
  const twins = new Twins(100);
  const element = row();
  for (let index = 0; index < 5_000; index += 1) twins.nth(`words ${index}`, element);
  expect(twins.size).toBe(100);
  twins.forget("words 4999", element);
  expect(twins.size).toBe(99);
});
