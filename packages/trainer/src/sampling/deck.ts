/** A deck of cards 0 … size − 1: dealt in a random order, shuffled anew when all are gone. */
import { StateError } from '@edgebeat/ecg';
import type { RandomGenerator } from '../random/random-generator.js';

/** Where a deck stands, as plain JSON. The orders follow from the generator and are not kept. */
export interface DeckState {
  /** How often the deck was shuffled. */
  readonly pass: number;
  /** Cards of this pass that were dealt or set aside. */
  readonly position: number;
  /** Cards set aside, which come first. */
  readonly aside: readonly number[];
}

/**
 * Every pass deals every card once. No deal holds a card twice, unless it wants more cards than there are: where a deal
 * reaches into the next pass, cards that it holds already are set aside for the deal that follows.
 */
export class Deck {
  readonly #generator: RandomGenerator;
  readonly #order: Int32Array;
  #pass = 0;
  #position = 0;
  #aside: number[] = [];

  /** @param size at least 1. @param generator only forked: the order of a pass depends on its number alone. */
  constructor(size: number, generator: RandomGenerator) {
    this.#generator = generator;
    this.#order = new Int32Array(size);
    this.#arrange();
  }

  /** Deals `count` cards. */
  deal(count: number): number[] {
    const size = this.#order.length;
    const hand: number[] = [];
    while (hand.length < count) hand.push(...this.#dealDistinct(Math.min(size, count - hand.length)));
    return hand;
  }

  #dealDistinct(count: number): number[] {
    const hand = this.#aside.splice(0, count);
    const passBegun = this.#pass;
    while (hand.length < count) {
      if (this.#position === this.#order.length) {
        this.#pass++;
        this.#position = 0;
        this.#arrange();
      }
      const card = this.#order[this.#position++]!;
      if (this.#pass > passBegun && hand.includes(card)) this.#aside.push(card);
      else hand.push(card);
    }
    return hand;
  }

  #arrange(): void {
    for (let i = 0; i < this.#order.length; i++) this.#order[i] = i;
    this.#generator.fork(this.#pass).shuffle(this.#order);
  }

  state(): DeckState {
    return { pass: this.#pass, position: this.#position, aside: [...this.#aside] };
  }

  /** @throws StateError for a state that a deck of this size cannot have. */
  restore({ pass, position, aside }: DeckState): void {
    const size = this.#order.length;
    const isCard = (card: number) => Number.isInteger(card) && card >= 0 && card < size;
    const sound =
      Number.isSafeInteger(pass) &&
      pass >= 0 &&
      (position === size || isCard(position)) &&
      Array.isArray(aside) &&
      aside.every(isCard);
    if (!sound) throw new StateError(`saved sampler has a place that ${size} examples do not have`);
    this.#pass = pass;
    this.#position = position;
    this.#aside = [...aside];
    this.#arrange();
  }
}
