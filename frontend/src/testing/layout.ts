/** jsdom lays nothing out: every element is 0 by 0, and observers never hear of it. */
export class SilentObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** Tells every element that is watched until the end of the test that it has this size, in pixels. */
export function layOut(size: { width: number; height: number }): void {
  window.ResizeObserver = class extends SilentObserver {
    constructor(private readonly callback: ResizeObserverCallback) {
      super();
    }
    override observe(target?: Element): void {
      const entry = { target, contentRect: size } as ResizeObserverEntry;
      queueMicrotask(() => {
        this.callback([entry], this);
      });
    }
  };
}
