// A watch: samples of a simulated electrode go into the firmware's app, and what it finds goes to the serial monitor. Put the reading of
// your converter in the place of eb_simulated_ecg_next; one that must not wait for the network wants an interrupt and an eb_sample_fifo, in C.
#include <edgebeat.h>

static const uint32_t kSamplesPerSecond = 250;
static const uint32_t kPeriodMicros = 1000000 / kSamplesPerSecond;

static eb_app app;
static eb_simulated_ecg ecg = {static_cast<int32_t>(kSamplesPerSecond), 72, 20, 0, 0};
static uint32_t due;

static void onState(void *, eb_app_state state) {
  Serial.print("state ");
  Serial.println(eb_state_name(state));
}

static void onBeat(void *, uint32_t, const eb_app_beat *beat) {
  Serial.print("beat, ");
  Serial.print(static_cast<int>(beat->heart_rate + 0.5f));
  Serial.println(" a minute");
}

static void onIdentity(void *, uint32_t, uint64_t, const eb_identity_answer *answer) {
  Serial.print(eb_decision_name(answer->decision));
  Serial.print(" ");
  Serial.print(answer->subject ? answer->subject : "-");
  Serial.print(", score ");
  Serial.println(eb_score_permille(answer));
}

void setup() {
  Serial.begin(115200);
  eb_app_config config = {};
  config.rate_milli_hertz = kSamplesPerSecond * 1000;
  config.scale_nanovolts = 1000;
  config.frame_samples = kSamplesPerSecond / 5;
  config.stream_id = static_cast<uint32_t>(random(1, 2147483647));
  config.clock_unsynchronised = true;
  config.recognizer.auto_goal.milliseconds = 30000;
  config.recognizer.auto_goal.windows = 4;
  strncpy(config.recognizer.auto_enrol, "wearer", sizeof(config.recognizer.auto_enrol) - 1);
  eb_app_sink sink = {};
  sink.state = onState;
  sink.beat = onBeat;
  sink.identity = onIdentity;
  if (eb_app_init(&app, &config, network_model(), network_memory(), &sink) != EB_APP_OK) {
    Serial.println("the app does not take its settings");
  }
  Serial.println(network_model()->name);
  due = micros();
}

void loop() {
  if (static_cast<int32_t>(micros() - due) < 0) return;
  due += kPeriodMicros;
  const int16_t step = static_cast<int16_t>(eb_simulated_ecg_next(&ecg));
  eb_app_samples(&app, &step, 1);
}
