import { Socket } from "node:net";

/** Unit tests decide, they do not store: a socket opened by one is a mistake in the layering. */
Socket.prototype.connect = function refuse(this: Socket) {
  return this.destroy(new Error("unit tests cannot reach a database"));
};
