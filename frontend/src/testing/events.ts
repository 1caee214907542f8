import { act } from "@testing-library/react";

/** Stands in for the browser's own, which jsdom lacks; a test sends the events. */
export class Events {
  static last: Events | null = null;
  closed = false;
  private listeners = new Map<string, (event: { data: string }) => void>();
  constructor(readonly url: string) {
    Events.last = this;
  }
  addEventListener(name: string, listener: (event: { data: string }) => void) {
    this.listeners.set(name, listener);
  }
  close() {
    this.closed = true;
  }
  send(name: string, body: unknown) {
    act(() => this.listeners.get(name)?.({ data: JSON.stringify(body) }));
  }
}
