import { countedInRussian } from './counted.js';
import { sentence } from './sentence.js';

/** Russian texts of a currency's page. The keys are those of `history-en.js`. */
export const HISTORY_IN_RUSSIAN = {
  ranges: { '1w': '1 неделя', '1m': '1 месяц', '1y': '1 год', '5y': '5 лет', all: 'С 1992 года' },
  range: 'Период',
  fromDay: 'С',
  toDay: 'по',
  show: 'Показать',
  pricedIn: 'Цена в валюте',
  compareWith: 'Сравнить с валютой',
  addCurrency: 'Выберите валюту…',
  removeFromChart: (code: string) => `Убрать ${code} с графика`,
  scale: 'Шкала',
  indexed: 'Первый курс = 100',
  inRoubles: 'В рублях',
  inCurrency: (code: string) => `В ${code}`,
  indexUnit: 'Первый курс периода = 100',
  roubleUnit: 'рублей',
  todaysRoubles: 'нынешних рублей',
  dragHint: 'Выделите часть графика, чтобы выбрать период.',
  unitFor: (unit: string, what: string) => `${unit} за ${what}`,
  restated:
    'График и статистика — в нынешних рублях: 1000 рублей до 1998 года — один нынешний. В таблице — цифры, как опубликованы.',
  inTodaysRoubles: 'в нынешних рублях',
  inOldRoubles: 'старыми рублями',
  periodChange: 'Изменение',
  between: (from: string, to: string) => `${from} – ${to}`,
  daily: 'Курсы по дням',
  day: 'День',
  newer: '← Позже',
  older: 'Раньше →',
  place: (rows: string, count: string) => `${rows} из ${count}`,
  chart: (name: string) =>
    `График курса: ${name}. День выбирается стрелками, период — стрелками с Shift и клавишей Enter.`,
  fixingOn: (date: string) => `Курс от ${date}`,
  oldRouble: (rate: string) => `старых рублей; ${rate} нынешних за единицу`,
  roubles: '₽',
  low: 'Минимум',
  high: 'Максимум',
  average: 'Среднее',
  averageOf: (count: number, places: number) =>
    `${countedInRussian(count, 'фиксинг', 'фиксинга', 'фиксингов')}, округлено до ${countedInRussian(places, 'знака', 'знаков', 'знаков')}`,
  downloadWorkbook: 'Скачать Excel',
  download: 'Скачать CSV',
  document: (date: string) => `Таблица банка от ${date}`,
  seriesDocument: 'Документ банка с этим рядом',
  noDocument: (date: string) => `Документа от ${date} нет`,
  loadedSince: (date: string) => `${sentence(`Загружено с ${date}`)} Более ранних дней здесь нет.`,
  noFixings: 'За этот период фиксингов нет.',
  nothingLoaded: 'История этой валюты не загружена.',
  unknownCurrency: (code: string) => `Курса ${code} нет`,
  noLongerSet: (date: string) => sentence(`Больше не устанавливается: последний курс от ${date}`),
};

export type HistoryWords = typeof HISTORY_IN_RUSSIAN;
