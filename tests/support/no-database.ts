import { Socket } from "node:net";

/** Unit tests decide, they do not store: a socket opened by one is a mistake in the layering. */
Socket.prototype.connect = function refuse(): never {
  throw new Error("unit tests cannot reach a database");
};
