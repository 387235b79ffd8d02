import { countedInRussian, isOneInRussian } from './counted.js';
import { HISTORY_IN_RUSSIAN } from './history-ru.js';
import { sentence } from './sentence.js';

/** Russian texts of the page; dates are passed as text. The keys are those of `words-en.js`. */
export const RUSSIAN = {
  title: 'Курсы Банка России',
  brand: 'Курс',
  tagline: 'официальные курсы Банка России',
  description:
    'Официальные курсы валют Банка России: таблица на сегодня и завтра, графики с 1992 года, конвертер.',
  currencyDescription: (title: string, date: string) =>
    `${title}. Официальный курс Банка России от ${date}, график с 1992 года, таблица и CSV.`,
  pairDescription: (title: string) =>
    `${title}: кросс-курс через рубль по официальным курсам Банка России, график с 1992 года.`,
  throughRouble: (rates: string) => `Кросс-курс через рубль: ${rates}.`,
  chartOf: (code: string) => `График ${code}`,
  noSuchPage: 'Такой страницы нет',
  noSuchPageHint: 'Проверьте адрес или найдите валюту в общей таблице.',
  didYouMean: 'Возможно, вы искали:',
  skip: 'К содержанию',
  demo: 'Демонстрация: эти цифры придуманы. Это не курсы Банка России.',
  language: 'Язык',
  theme: 'Оформление',
  themes: { auto: 'как в системе', light: 'светлое', dark: 'тёмное' },
  back: 'Все курсы',

  connection: {
    connecting: 'Соединение…',
    live: 'На связи',
    waiting: 'Нет связи',
    closed: 'Нет связи',
    noRates: 'Ждём курсов',
  },
  connectionLost:
    'Связь потеряна: показаны последние полученные данные. Страница переподключится сама.',
  connectionBack: 'Связь восстановлена.',

  heading: (day: string) => `Курсы на ${day}`,
  loading: 'Загрузка…',
  ownSheet: (date: string) => `Таблица Банка России от ${date}: действует с этого дня.`,
  carriedSheet: (date: string, day: string) =>
    `Таблица Банка России от ${date}: действует с этого дня. На сегодня, ${day}, своей таблицы нет — курсы перенесены.`,
  nextSheet: (date: string) =>
    `Опубликована и таблица на ${date}: она начнёт действовать с этого дня.`,
  noSheet: 'Таблицы Банка России ещё нет: показаны курсы, внесённые вручную.',
  empty: 'Курсов ещё нет',
  emptyReason: 'Сервис пока не получил ни одной таблицы Банка России.',
  notToday: (last: string | null) =>
    sentence(`На сегодня курсов нет${last ? `; последние — от ${last}` : ''}`),
  notLoadedToday: 'Курсы на сегодня не загружены.',
  tryAgain: 'Повторить',
  bankFailed: 'ответ банка не подошёл',
  bankFailures: {
    'cbr.timeout': 'банк не ответил вовремя',
    'cbr.unreachable': 'сайт банка недоступен',
    'cbr.http_status': 'сайт банка ответил ошибкой',
    'cbr.html': 'вместо таблицы пришла веб-страница',
    'cbr.truncated': 'ответ банка оборвался',
    'cbr.circuit_open': 'после нескольких неудач сделан перерыв',
    'cbr.retry_later': 'банк просил подождать',
  } as Readonly<Record<string, string>>,
  lastRunFailed: (moment: string, message: string) =>
    `Последний запрос к банку (${moment}) не удался: ${message}`,
  nextRun: (moment: string) => `Следующий запрос к банку: ${moment}.`,
  checked: (moment: string) => `Банк опрошен ${moment} (Москва)`,
  late: (date: string) => `Таблица на ${date} опаздывает: обычно в это время она уже опубликована.`,
  stale: (date: string) => `Таблицы на ${date} всё ещё нет: курсы могут быть устаревшими.`,
  someHeld: (codes: string) =>
    `Банк опубликовал необычное значение: ${codes}. Оно ждёт подтверждения, пока действует прежнее.`,
  sheetHeld:
    'Банк опубликовал необычную таблицу. Она ждёт подтверждения, пока действуют прежние курсы.',
  notLoaded: (codes: string) => `На этот день не загружены: ${codes}.`,
  unreachable: 'Сервис не отвечает: показаны последние полученные данные.',
  lastKnown: (date: string, moment: string) =>
    `Нет связи с сервисом: показаны курсы на ${date}, полученные ${moment} (Москва).`,
  problems: {
    'http.too_many_requests': 'Слишком много запросов подряд: подождите минуту.',
    'http.too_many_exports': 'Сервис занят другими выгрузками: подождите минуту.',
    'http.too_many_exports_from_address': 'Слишком много выгрузок сразу: подождите минуту.',
    'http.invalid_request': 'Сервис не понял этот запрос.',
    'rates.loading': 'Сервис запускается: курсы ещё загружаются.',
    'rates.unknown_code': 'Такой валюты в сервисе нет.',
    'database.unavailable': 'Сервису недоступна его база данных.',
    'database.busy': 'База данных сервиса занята: подождите минуту.',
  } as Readonly<Record<string, string>>,
  failed: (code: string) => `Сервис не смог ответить (${code}).`,

  search: 'Поиск',
  searchHint: 'Доллар, EUR, 156…',
  onlyFavourites: 'Только избранные',
  sort: 'Порядок',
  found: (count: number) => countedInRussian(count, 'валюта', 'валюты', 'валют'),
  noneFound: 'Такой валюты в таблице нет.',
  noFavourites: 'Избранных ещё нет: отметьте валюту звёздочкой.',
  tableCaption: 'Официальные курсы в рублях',
  columns: {
    favourite: 'Избранное',
    code: 'Код',
    name: 'Валюта',
    nominal: 'Единиц',
    value: (day: string) => `На ${day}`,
    change: 'Изменение',
    next: (day: string) => `С ${day}`,
    nextChange: 'Изменение',
    line: '30 дней',
  },
  sortNames: {
    code: 'код',
    name: 'название',
    value: 'курс',
    change: 'изменение',
    next: 'новый курс',
    nextChange: 'новое изменение',
  },
  ascending: 'по возрастанию',
  descending: 'по убыванию',
  addFavourite: (code: string) => `${code}: в избранное`,
  removeFavourite: (code: string) => `${code}: убрать из избранного`,
  units: (nominal: string) => `за ${nominal}`,
  since: (date: string) => `от ${date}`,
  manual: 'вручную',
  manualHint: 'Внесён вручную, это не курс Банка России',
  held: 'удержан',
  heldHint: 'Банк опубликовал необычное значение, оно ждёт подтверждения',
  lineText: (low: string, high: string, count: number) =>
    `От ${low} до ${high}, ${countedInRussian(count, 'фиксинг', 'фиксинга', 'фиксингов')}`,
  noLine: 'нет данных',
  linesNotLoaded: 'История за 30 дней загружена не вся.',
  from: (day: string) => `с ${day}:`,

  rouble: 'Российский рубль',
  notLoadedDay: 'Курсы этого дня не загружены.',
  dayNotLoaded: 'Таблица этого дня не загружена.',
  toLoad: 'Загрузить:',
  forOperators: 'Для администратора сервиса',
  ratesOnDay: 'Курсы на день',
  otherDays: 'Другие дни',
  numberColumn: 'Цифр. код',
  rateColumn: 'Курс',
  sheetOfDay: 'Таблица Банка России за этот день: состав, порядок и цифры — как опубликованы.',
  carriedOnDay: (date: string) => `Своей таблицы у этого дня нет: действовала таблица от ${date}.`,
  dayDescription: (date: string, rates: string) =>
    `Официальные курсы Банка России на ${date}${rates ? `: ${rates}` : ''}. Вся таблица дня, CSV и документ банка.`,
  downloadDocument: (date: string) => `Документ банка от ${date} (XML)`,
  documentFile: 'файл XML',
  notSetDay: (last: string | null) =>
    sentence(`В этот день курс не устанавливался${last ? `; последний — от ${last}` : ''}`),
  tooLate: 'На этот день курсов ещё нет.',

  ...HISTORY_IN_RUSSIAN,

  rateChanged: (code: string, before: string | null, after: string) =>
    before === null ? `${code}: ${after}` : `${code}: было ${before}, стало ${after}`,
  rateGone: (code: string) => `${code}: курс удалён`,
  ratesChanged: (count: number, date: string | null) =>
    `${isOneInRussian(count) ? 'Обновился' : 'Обновилось'} ${countedInRussian(count, 'курс', 'курса', 'курсов')}${date ? `: таблица на ${date}` : ''}`,
  otherDaysChanged: (codes: readonly string[]) =>
    `Изменились курсы других дней: ${codes.slice(0, 3).join(', ')}${codes.length > 3 ? ` и ещё ${codes.length - 3}` : ''}`,

  embed: 'Показать эти курсы на своём сайте',
  embedFrame: 'Рамка:',
  embedElement: 'Элемент страницы, если администратор сервиса разрешил ваш сайт:',
  embedOff: 'Сейчас это выключено. Назовите в настройках сайты, которым можно показывать курсы:',
  copy: 'Скопировать',
  copied: 'Скопировано',

  printed: (day: string) => `Напечатано ${day}`,
  footer: 'Данные Банка России, цифра в цифру.',
  api: 'Описание API',
};

export type Words = typeof RUSSIAN;
