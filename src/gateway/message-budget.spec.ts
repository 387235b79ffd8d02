import { MessageBudget } from './message-budget.js';

describe('MessageBudget', () => {
  const spendAll = (budget: MessageBudget, now: number) => {
    let spent = 0;
    while (spent < 1_000 && budget.spend(now)) spent += 1;
    return spent;
  };

  it('lets as many through at once as in a second, and no more', () => {
    expect(spendAll(new MessageBudget(20, 0), 0)).toBe(20);
  });

  it('fills up with time, evenly, and never beyond a second’s worth', () => {
    const budget = new MessageBudget(20, 0);
    spendAll(budget, 0);
    expect(spendAll(budget, 500)).toBe(10);
    expect(spendAll(budget, 549)).toBe(0);
    expect(spendAll(budget, 551)).toBe(1);
    expect(spendAll(budget, 60_000)).toBe(20);
  });
});
