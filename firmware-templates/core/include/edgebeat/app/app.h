/*
 * The whole watch: samples, contact, battery and commands in; beats, quality, the wearer, frames and changes of state out.
 * The README of core says what each state means and what ends it. All state is in the struct; nothing is reserved.
 * What it answers is what packages/runtime's DeviceSession answers to the frames that it sends.
 */
#ifndef EDGEBEAT_APP_APP_H
#define EDGEBEAT_APP_APP_H

#include "edgebeat/app/frame-writer.h"
#include "edgebeat/app/heart-rate.h"
#include "edgebeat/app/recognizer.h"
#include "edgebeat/sample-fifo.h"
#include "edgebeat/signal-path.h"

/* Besides the EB_REASON_... of window-quality.h. */
#define EB_REASON_LEAD_OFF 32U

typedef enum { EB_STATE_BOOT, EB_STATE_LEAD_OFF, EB_STATE_ENROL, EB_STATE_VERIFY, EB_STATE_LOW_BATTERY } eb_app_state;

/* What became of a command. */
typedef enum {
  EB_APP_OK,
  /* A rate, scale, length or threshold that cannot be; the app does nothing until it is initialised rightly. */
  EB_APP_BAD_CONFIG,
  /* A name that cannot be, or nobody of that name. */
  EB_APP_BAD_SUBJECT,
  EB_APP_BAD_VALUE,
  /* There is no room for another template. */
  EB_APP_GALLERY_FULL,
  /* Nothing of this kind is running. */
  EB_APP_NOT_RUNNING,
  /* Saved bytes: too few of them or too little room, not ours, of a later version, damaged, of another model. */
  EB_APP_NO_ROOM,
  EB_APP_BAD_MAGIC,
  EB_APP_BAD_VERSION,
  EB_APP_BAD_CRC,
  EB_APP_OTHER_MODEL
} eb_app_status;

typedef struct {
  /* Of the converter: samples per 1,000 seconds (60 to 4,000 Hz) and nanovolts of a step. */
  uint32_t rate_milli_hertz;
  uint32_t scale_nanovolts;
  /* Samples of a frame, 1 to EB_FRAME_SAMPLES. */
  uint16_t frame_samples;
  /* Drawn at random at each boot. */
  uint32_t stream_id;
  /* When the first sample is taken: us since 1970, or since boot where the clock was never set. */
  uint64_t start_time_us;
  bool clock_unsynchronised;
  /* The battery is low from this percentage on; 0: never. It is well again 5 above. */
  uint8_t low_battery;
  /* 0 windows: the model's own threshold and windows. */
  eb_recognizer_options recognizer;
} eb_app_config;

typedef struct {
  /* When the R peak was, in the time of the stream. */
  uint64_t time_us;
  /* Where it was: samples at 250 Hz since boot, missing ones counted. */
  uint64_t sample_index;
  /* Samples at 250 Hz since the beat before; 0 after a start or a gap. */
  int32_t rr;
  /* Beats per minute over the latest beats; 0 while there are too few. */
  float heart_rate;
  /* 0 (unusable) to 1 (clean). */
  float quality;
} eb_app_beat;

typedef struct {
  /* End of the second, in the time of the stream. */
  uint64_t time_us;
  /* 0 (unusable) to 1 (clean). */
  float sqi;
  /* EB_REASON_... */
  uint32_t reasons;
} eb_app_quality;

/* Where answers go; a null function drops them. What an answer points to is good during the call, which must not call the app. */
typedef struct {
  void *context;
  void (*state)(void *context, eb_app_state state);
  /* sequence, here and below: of the frame that holds the last sample needed. */
  void (*beat)(void *context, uint32_t sequence, const eb_app_beat *beat);
  /* time_us: end of the last window that was looked at. */
  void (*identity)(void *context, uint32_t sequence, uint64_t time_us, const eb_identity_answer *answer);
  void (*quality)(void *context, uint32_t sequence, const eb_app_quality *quality);
  /* A frame as packages/wire has it. */
  void (*frame)(void *context, const uint8_t *bytes, size_t length);
} eb_app_sink;

typedef struct {
  eb_app_sink sink;
  eb_app_config config;
  eb_app_state state;
  bool ready;
  bool heard;
  bool lead_off;
  bool battery_is_low;
  bool in_stretch;
  float millivolts_per_step;
  eb_signal_path path;
  eb_identity_windows windows;
  eb_recognizer recognizer;
  eb_heart_rate heart_rate;
  eb_frame_writer writer;
  /* Samples of the converter since boot, missing ones counted. */
  uint64_t samples;
  /* Missing ones before the next sample. */
  uint64_t missing;
  /* Where the stretch at hand began: in samples of the converter, and at 250 Hz. */
  uint64_t stretch_start;
  uint64_t path_samples_before;
  /* When lost contact was reported last. */
  bool lead_off_reported;
  uint64_t lead_off_report_us;
  /* Drops of the ring that are accounted for. */
  uint32_t dropped;
} eb_app;

/*
 * In state boot, nobody enrolled. config and sink are copied; model and its memory (aligned as it says) stay with the app.
 * Returns EB_APP_OK or EB_APP_BAD_CONFIG.
 */
eb_app_status eb_app_init(eb_app *app, const eb_app_config *config, const eb_identity_model *model, void *model_memory,
                          const eb_app_sink *sink);

/* Samples of the converter, in steps; any number at a time. Answers are given before it returns; a window runs the network. */
void eb_app_samples(eb_app *app, const int16_t *steps, size_t count);

/* Takes what the converter's interrupt has put into a ring; samples that found no room there become a gap. */
void eb_app_drain(eb_app *app, eb_sample_fifo *fifo);

/* Whether the electrodes have contact, from the next sample on. */
void eb_app_contact(eb_app *app, bool has_contact);

/* So many samples are missing before the next one. */
void eb_app_gap(eb_app *app, uint32_t samples);

/* percent: 0 to 100. */
eb_app_status eb_app_battery(eb_app *app, uint32_t percent);

/* Make a template of whoever wears the device from now on. windows: at least 1. */
eb_app_status eb_app_enrol(eb_app *app, const char *subject, eb_enrolment_goal goal);

/* Give up the enrolment that is running. */
eb_app_status eb_app_cancel_enrolment(eb_app *app);

/* Delete a person's template. */
eb_app_status eb_app_forget(eb_app *app, const char *subject);

/* From now on compare with this person alone (one to one); null: with everybody (one to many). */
eb_app_status eb_app_claim(eb_app *app, const char *subject);

/* No more samples come: sends the frame at hand, and the beats that were waiting for what follows. Initialise before anything else. */
void eb_app_stop(eb_app *app);

#endif
