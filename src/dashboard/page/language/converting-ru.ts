import { sentence } from './sentence.js';

/** Russian texts of the converter. The keys are those of `converting-en.js`. */
export const CONVERTING_IN_RUSSIAN = {
  conversionDescription: (conversion: string, rates: string) =>
    `${conversion} по официальным курсам Банка России: ${rates}.`,
  shareConversion: 'Ссылка на этот расчёт',

  converter: 'Конвертер',
  amount: 'Сумма',
  fromCurrency: 'Из',
  toCurrency: 'В',
  onDate: 'На день',
  andTo: 'И в',
  addTarget: '+ ещё валюта',
  removeTarget: 'Убрать валюту',
  swap: 'Поменять местами',
  current: 'Устанавливаются сейчас',
  former: 'Больше не устанавливаются',
  badAmount: 'Сумма — число, например 1 234,56.',
  longAmount: 'Сумма слишком длинная: в ней больше 28 цифр.',
  sameCurrency: 'Выберите две разные валюты.',
  exactly: (digits: string) => `Точно: ${digits}`,
  ratesUsed: (date: string, isCarried: boolean) =>
    isCarried ? `по курсу от ${date} (перенесён)` : `по курсу от ${date}`,
  why: 'Почему такой курс',
  whyOwn: (code: string, date: string) =>
    sentence(`${code}: на этот день курс установлен таблицей Банка России от ${date}`),
  whyCarried: (code: string, date: string, day: string) =>
    sentence(`${code}: на ${day} нового курса нет, действует прежний — от ${date}`),
  whyProvisional: (day: string) =>
    sentence(`Курс может измениться, если банк опубликует таблицу на ${day}`),
  whyManual: (code: string, date: string) =>
    `${code}: по курсу от ${date}, внесённому вручную; это не курс Банка России.`,
  whyUnits: (code: string, units: string) =>
    `Курс ${code} банк объявляет за ${units} единиц, поэтому в расчёте он делится на ${units}.`,
  whyCross: 'Курса одной валюты за другую Банк России не устанавливает: расчёт идёт через рубль.',
  whyRounded: 'Округлён только итог, и только один раз.',
};

export type ConvertingWords = typeof CONVERTING_IN_RUSSIAN;
