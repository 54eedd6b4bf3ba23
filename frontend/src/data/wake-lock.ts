// Keeps the screen on as long as it is wanted; the browser takes it away whenever the page is out of sight.
export class WakeLock {
  private wanted = false;
  private held: WakeLockSentinel | undefined;

  want(wanted: boolean): void {
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    if (wanted) document.addEventListener("visibilitychange", this.ask);
    else document.removeEventListener("visibilitychange", this.ask);
    void this.ask();
  }

  get isHeld(): boolean {
    return this.held !== undefined && !this.held.released;
  }

  private ask = async (): Promise<void> => {
    if (!this.wanted) {
      await this.held?.release();
      this.held = undefined;
    } else if (!this.isHeld && document.visibilityState === "visible" && "wakeLock" in navigator) {
      try {
        this.held = await navigator.wakeLock.request("screen");
        if (!this.wanted) await this.held.release();
      } catch {
        // A browser that saves power may refuse.
      }
    }
  };
}
