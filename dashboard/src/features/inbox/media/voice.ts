/**
 * Records the microphone. WhatsApp plays a recording as a voice note when it is Ogg with Opus in one channel; browsers record Opus in
 * other wrappings, which are exchanged here without touching the sound.
 */

/** What browsers record, best first. */
const FORMATS = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4'] as const;
/** Speech needs no more; at this rate three minutes play without being downloaded first. */
const BITS_PER_SECOND = 24_000;

export type VoiceProblem = 'unsupported' | 'refused' | 'noMicrophone' | 'failed';

/** Why nothing is recorded. */
export class VoiceFailed extends Error {
  readonly problem: VoiceProblem;

  constructor(problem: VoiceProblem, cause?: unknown) {
    super(`no recording: ${problem}`, { cause });
    this.name = 'VoiceFailed';
    this.problem = problem;
  }
}

export interface Recorded {
  readonly content: Blob;
  /** Whether it plays as a voice note; otherwise it is a sound file. */
  readonly voice: boolean;
}

/** A recording under way. */
export class Recording {
  readonly startedAt = Date.now();
  readonly #recorder: MediaRecorder;
  readonly #parts: Blob[] = [];

  private constructor(recorder: MediaRecorder) {
    this.#recorder = recorder;
    recorder.addEventListener('dataavailable', (event) => this.#parts.push(event.data));
    recorder.start(1_000);
  }

  /** Asks for the microphone and begins. */
  static async start(): Promise<Recording> {
    const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format));
    if (mimeType === undefined) throw new VoiceFailed('unsupported');
    const audio = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    const stream = await navigator.mediaDevices.getUserMedia({ audio }).catch((error: unknown) => {
      const refused = error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'SecurityError');
      throw new VoiceFailed(refused ? 'refused' : 'noMicrophone', error);
    });
    return new Recording(new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND }));
  }

  /** Ends the recording and gives it. */
  async stop(): Promise<Recorded> {
    await this.#end();
    return asVoice(new Blob(this.#parts, { type: this.#recorder.mimeType }));
  }

  /** Ends the recording and forgets it. */
  cancel(): void {
    void this.#end();
    this.#parts.length = 0;
  }

  async #end(): Promise<void> {
    if (this.#recorder.state !== 'inactive') {
      const ended = new Promise((resolve) => this.#recorder.addEventListener('stop', resolve, { once: true }));
      this.#recorder.stop();
      await ended;
    }
    // The browser shows that it listens for as long as a track is open.
    for (const track of this.#recorder.stream.getTracks()) track.stop();
  }
}

/** Any recording as Ogg with Opus in one channel; one that cannot become that stays the sound file it is. */
export async function asVoice(recorded: Blob): Promise<Recorded> {
  // Loaded when the first recording ends: most people never record one.
  const { ALL_FORMATS, BlobSource, BufferTarget, Conversion, Input, OggOutputFormat, Output } = await import('mediabunny');
  const input = new Input({ source: new BlobSource(recorded), formats: ALL_FORMATS });
  const target = new BufferTarget();
  const output = new Output({ format: new OggOutputFormat(), target });
  try {
    const conversion = await Conversion.init({ input, output, audio: { codec: 'opus', numberOfChannels: 1 }, video: { discard: true }, tags: {}, showWarnings: false });
    if (!conversion.isValid) throw new Error('this recording has no sound that can be wrapped');
    await conversion.execute();
    if (target.buffer === null) throw new Error('nothing was written');
    return { content: new Blob([target.buffer], { type: 'audio/ogg' }), voice: true };
  } catch (error) {
    if (recorded.type.startsWith('audio/mp4')) return { content: recorded, voice: false };
    throw new VoiceFailed('failed', error);
  }
}
