/**
 * Boards that firmware may go to, with what their makers state. Sizes are bytes, kB of data sheets being 1,024. A source is
 * `isChecked` where its text was read for this table; the others were written down from memory of the data sheet named.
 */
import type { Core } from './cores.js';

export interface BoardSource {
  readonly document: string;
  readonly url: string;
  readonly isChecked: boolean;
}

export interface ExternalFlash {
  readonly bytes: number;
  /** Whether the processor reads it like memory, so that weights may lie there. */
  readonly isMapped: boolean;
}

export interface Board {
  readonly name: string;
  readonly chip: string;
  readonly processor: string;
  readonly instructionSet: string;
  /** Undefined where no instructions were counted for the processor. */
  readonly core?: Core;
  /** The most that the chip runs at, in Hz. */
  readonly clockHz: number;
  /** Where code goes. */
  readonly flashBytes: number;
  /** Whether code is executed from a chip of its own, through a cache: waits for it are in no model here. */
  readonly isFlashExternal?: boolean;
  /** What one program can use at once. */
  readonly ramBytes: number;
  /** Beside the flash that code goes to. */
  readonly externalFlash?: ExternalFlash;
  readonly sources: readonly BoardSource[];
}

const kB = 1024;
const MB = 1024 * kB;
const MHz = 1e6;

const M4F = { processor: 'Cortex-M4F', instructionSet: 'Armv7E-M, DSP, FPv4-SP', core: 'cortex-m4f' } as const;
const M33 = { processor: 'Cortex-M33', instructionSet: 'Armv8-M, DSP, FPv5-SP', core: 'cortex-m33' } as const;
const M55 = { processor: 'Cortex-M55', instructionSet: 'Armv8.1-M, Helium (MVE)', core: 'cortex-m55' } as const;
const LX7 = { processor: 'Xtensa LX7', instructionSet: 'Xtensa, FPU, vectors' } as const;

const read = (document: string, url: string): BoardSource => ({ document, url, isChecked: true });
const recalled = (document: string, url: string): BoardSource => ({ document, url, isChecked: false });
const zephyr = (board: string) =>
  read(`Zephyr documentation, ${board}`, `https://docs.zephyrproject.org/latest/boards/${board}/doc/index.html`);

const NRF52840_SPECIFICATION = recalled(
  'nRF52840 Product Specification (64 MHz, QSPI executes in place)',
  'https://docs.nordicsemi.com/bundle/ps_nrf52840/page/keyfeatures_html5.html',
);

export const BOARDS: readonly Board[] = [
  {
    ...{ name: 'PineTime', chip: 'nRF52832', ...M4F, clockHz: 64 * MHz, flashBytes: 512 * kB, ramBytes: 64 * kB },
    externalFlash: { bytes: 4 * MB, isMapped: false },
    sources: [read('PINE64 wiki, PineTime', 'https://wiki.pine64.org/wiki/PineTime')],
  },
  {
    ...{ name: 'Bangle.js 2', chip: 'nRF52840', ...M4F, clockHz: 64 * MHz, flashBytes: MB, ramBytes: 256 * kB },
    externalFlash: { bytes: 8 * MB, isMapped: false },
    sources: [read('Espruino, Bangle.js 2 Technical Information', 'https://www.espruino.com/Bangle.js2+Technical')],
  },
  {
    ...{ name: 'nRF52840 DK', chip: 'nRF52840', ...M4F, clockHz: 64 * MHz, flashBytes: MB, ramBytes: 256 * kB },
    externalFlash: { bytes: 8 * MB, isMapped: true },
    sources: [
      read(
        'PebbleOS documentation, nRF52840 DK (memories)',
        'https://developer.repebble.com/pebbleos/docs/boards/nrf52840dk/',
      ),
      NRF52840_SPECIFICATION,
    ],
  },
  {
    ...{ name: 'nRF5340 DK', chip: 'nRF5340', ...M33, clockHz: 128 * MHz, flashBytes: MB, ramBytes: 512 * kB },
    externalFlash: { bytes: 8 * MB, isMapped: true },
    sources: [
      zephyr('nordic/nrf5340dk'),
      read(
        'Zephyr 2.4, nrf5340_cpuapp_qkaa.dtsi (memories of the application core)',
        'https://elixir.bootlin.com/zephyr/v2.4.0/source/dts/arm/nordic/nrf5340_cpuapp_qkaa.dtsi',
      ),
      read(
        'Nordic, nRF5340 DK Hardware, External memory',
        'https://docs.nordicsemi.com/r/bundle/ug_nrf5340_dk/page/ug/dk/hw_external_memory.html',
      ),
    ],
  },
  {
    ...{ name: 'nRF54L15 DK', chip: 'nRF54L15', ...M33, clockHz: 128 * MHz, flashBytes: 1524 * kB, ramBytes: 256 * kB },
    externalFlash: { bytes: 8 * MB, isMapped: false },
    sources: [
      read(
        'Nordic, nRF54L15 overview (memories)',
        'https://docs.nordicsemi.com/r/bundle/ps_nrf54l15/page/overview.html-features_and_peripherals',
      ),
      recalled(
        'nRF54L15 Datasheet (128 MHz); nRF54L15 DK (MX25R64 on SPI)',
        'https://docs.nordicsemi.com/bundle/ps_nrf54L15',
      ),
    ],
  },
  {
    ...{
      name: 'Apollo3 Blue EVB',
      chip: 'Apollo3 Blue',
      ...M4F,
      clockHz: 96 * MHz,
      flashBytes: MB,
      ramBytes: 384 * kB,
    },
    sources: [zephyr('ambiq/apollo3_evb')],
  },
  {
    ...{ name: 'Apollo4 Plus EVB', chip: 'Apollo4 Plus', ...M4F, clockHz: 192 * MHz, flashBytes: 2 * MB },
    ...{ ramBytes: 2.75 * MB, sources: [zephyr('ambiq/apollo4p_evb')] },
  },
  {
    ...{ name: 'Apollo510 EVB', chip: 'Apollo510', ...M55, clockHz: 250 * MHz, flashBytes: 4 * MB, ramBytes: 3 * MB },
    sources: [zephyr('ambiq/apollo510_evb')],
  },
  {
    ...{ name: 'NuMaker-M55M1', chip: 'M55M1', ...M55, clockHz: 220 * MHz, flashBytes: 2 * MB, ramBytes: 1344 * kB },
    sources: [zephyr('nuvoton/numaker_m55m1')],
  },
  {
    ...{ name: 'Nucleo-L4R5ZI', chip: 'STM32L4R5', ...M4F, clockHz: 120 * MHz, flashBytes: 2 * MB, ramBytes: 640 * kB },
    sources: [read('RIOT documentation, Nucleo-L4R5ZI', 'https://doc.riot-os.org/group__boards__nucleo144-l4r5.html')],
  },
  {
    ...{
      name: 'B-U585I-IOT02A',
      chip: 'STM32U585',
      ...M33,
      clockHz: 160 * MHz,
      flashBytes: 2 * MB,
      ramBytes: 768 * kB,
    },
    externalFlash: { bytes: 64 * MB, isMapped: true },
    sources: [
      read('FreeRTOS, linker script of B-U585I-IOT02A (memories)', 'https://github.com/FreeRTOS/iot-reference-stm32u5'),
      zephyr('weact/blackpill_u585ci'),
      recalled(
        'ST UM2839, B-U585I-IOT02A (512 Mbit of Octo-SPI flash)',
        'https://www.st.com/en/evaluation-tools/b-u585i-iot02a.html',
      ),
    ],
  },
  {
    ...{
      name: 'Raspberry Pi Pico 2',
      chip: 'RP2350',
      ...M33,
      clockHz: 150 * MHz,
      flashBytes: 4 * MB,
      ramBytes: 520 * kB,
    },
    ...{ isFlashExternal: true, sources: [zephyr('raspberrypi/rpi_pico2')] },
  },
  {
    ...{
      name: 'ESP32-S3-DevKitC-1',
      chip: 'ESP32-S3',
      ...LX7,
      clockHz: 240 * MHz,
      flashBytes: 8 * MB,
      ramBytes: 512 * kB,
    },
    isFlashExternal: true,
    sources: [
      zephyr('espressif/esp32s3_devkitc'),
      read(
        'Espressif, ESP32-S3-DevKitC-1 (8 MB of flash)',
        'https://www.espressif.com/en/dev-board/esp32-s3-devkitc-1-en',
      ),
    ],
  },
  {
    ...{
      name: 'LilyGO T-Watch S3',
      chip: 'ESP32-S3',
      ...LX7,
      clockHz: 240 * MHz,
      flashBytes: 16 * MB,
      ramBytes: 512 * kB,
    },
    isFlashExternal: true,
    sources: [read('Open Hardware Directory, T-Watch S3', 'https://openhardware.directory/products/lilygo-t-watch-s3')],
  },
];
