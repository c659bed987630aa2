// Records a voice message: one press begins, the next one ends and sends.

/** What the page can record that WhatsApp has as well, best first. */
const FORMATS = ["audio/ogg;codecs=opus", "audio/mp4;codecs=opus", "audio/mp4"];

/** Makes the button work. `onVoice(file)` is told what to send, `onProblem(text)` why nothing is. */
export function startVoice(button, { onVoice, onProblem }) {
  const format = typeof MediaRecorder === "undefined" ? undefined : FORMATS.find((one) => MediaRecorder.isTypeSupported(one));
  if (!format || !navigator.mediaDevices) {
    button.hidden = true;
    return;
  }
  let recorder = null;
  const show = (on) => {
    button.setAttribute("aria-pressed", String(on));
    button.setAttribute("aria-label", on ? "End the recording and send it" : "Record a voice message");
  };
  button.onclick = async () => {
    if (recorder) return recorder.stop();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
      const parts = [];
      recorder = new MediaRecorder(stream, { mimeType: format });
      recorder.ondataavailable = (event) => parts.push(event.data);
      recorder.onstop = () => {
        for (const track of stream.getTracks()) track.stop();
        recorder = null;
        show(false);
        // The parameter has a space before it, as in WhatsApp's own words.
        const type = format.startsWith("audio/ogg") ? "audio/ogg; codecs=opus" : "audio/mp4";
        onVoice(new File(parts, "voice", { type }));
      };
      recorder.start();
      show(true);
    } catch (error) {
      recorder = null;
      onProblem(`the microphone cannot be used: ${error.message}`);
    }
  };
}
