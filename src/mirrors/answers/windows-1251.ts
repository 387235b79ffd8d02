import iconv from 'iconv-lite';

/** The text in windows-1251; a character that it lacks becomes `?`. */
export function windows1251(text: string): Buffer {
  return iconv.encode(text, 'windows-1251');
}
