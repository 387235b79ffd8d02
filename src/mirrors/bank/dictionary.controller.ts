import { Res } from '@nestjs/common';
import type { Response } from 'express';
import { ShortAnswer } from '../../http/answers/index.js';
import { XML_TYPE } from '../answers/index.js';
import { BankDictionary } from '../../rates/reading/index.js';
import { BankController, BankRoute } from './bank-controller.js';

/** What only the full dictionary has. */
const ISO_CODES = /\s{0,40}<(ISO_(?:Num|Char)_Code)(?:\s*\/>|>[^<]*<\/\1>)/g;

/** The bank's dictionary. */
@BankController()
export class DictionaryController {
  constructor(private readonly dictionary: BankDictionary) {}

  /** The dictionary of currencies with ISO codes, byte for byte. */
  @BankRoute('XML_valFull.asp')
  async getFullDictionary(): Promise<ShortAnswer> {
    return new ShortAnswer(await this.dictionary.bytes(), XML_TYPE);
  }

  /** The dictionary of currencies without ISO codes. */
  @BankRoute('XML_val.asp')
  async getDictionary(@Res({ passthrough: true }) response: Response): Promise<ShortAnswer> {
    const bytes = await this.dictionary.bytes();
    response.setHeader('Kurs-Built', 'true');
    // Every byte comes back as it was, whatever the encoding.
    const text = bytes.toString('latin1').replace(ISO_CODES, '');
    return new ShortAnswer(Buffer.from(text, 'latin1'), XML_TYPE);
  }
}
