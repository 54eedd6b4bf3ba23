// Screen wake lock; the browser releases it whenever the page is hidden.
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
        // A browser in power-saving mode may refuse.
      }
    }
  };
}
