// The camera of a phone reads the codes of our papers where the browser knows how to;
// elsewhere the field stands alone, and the phone's own camera app opens the address in the QR code.
const form = document.querySelector("[data-scan]");
const camera = document.querySelector("[data-camera]");
const FORMATS = ["qr_code", "code_128"];
const PAUSE = 200;

class Sight {
  constructor(detector) {
    this.detector = detector;
    this.video = camera.querySelector("video");
    this.status = camera.querySelector("[data-camera-says]");
    this.button = camera.querySelector("[data-camera-on]");
    this.button.addEventListener("click", () => this.begin());
    window.addEventListener("pagehide", () => this.end());
    camera.hidden = false;
  }

  async begin() {
    try {
      const wanted = { video: { facingMode: { ideal: "environment" } } };
      this.stream = await navigator.mediaDevices.getUserMedia(wanted);
      this.video.srcObject = this.stream;
      this.video.hidden = false;
      this.button.hidden = true;
      await this.video.play();
      this.status.textContent = camera.dataset.looks;
      this.look();
    } catch {
      this.status.textContent = camera.dataset.fails;
    }
  }

  async look() {
    if (!this.stream) return;
    const found = await this.detector.detect(this.video).catch(() => []);
    if (found.length) return this.take(found[0].rawValue);
    setTimeout(() => this.look(), PAUSE);
  }

  take(text) {
    this.end();
    form.elements.code.value = text;
    form.requestSubmit();
  }

  end() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
  }
}

async function offerCamera() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  const known = await BarcodeDetector.getSupportedFormats();
  const formats = FORMATS.filter((one) => known.includes(one));
  if (formats.length) new Sight(new BarcodeDetector({ formats }));
}

if (form) {
  form.elements.code.select();
  if (camera) offerCamera();
}
