/** Keeps the comments that come into view, where the user switched that on here and in the companion. */
import { register } from "../../lib/feature";
import { Keeper } from "./keeper";

register({
  id: "capture",
  include: () => true,
  init(signal, visit) {
    new Keeper(visit, signal).start();
  },
});
