import type { Expectation } from '../facts.ts';

/** Bilibili. */
export const bilibili: Expectation = {
  scripts: ['bilibili'],
  facts: {
    '2021年7月13日 22:52': ['13 Jul 2021 22:52 CST', '14:52 UTC'],
    '22:55 VPN 鉴权失败': ['13 Jul 2021 22:55 CST', 'VPN'],
    '22:57 七层 SLB CPU 100%': ['13 Jul 2021 22:57 CST', 'CPU 100%'],
    '23:17 核心人员到位': ['13 Jul 2021 23:17 CST', '全部到位'],
    '23:20 冷重启未恢复': ['13 Jul 2021 23:20 CST', '冷重启', 'failed'],
    '23:23 多活业务恢复': ['13 Jul 2021 23:23 CST', '多活', '基本恢复'],
    '00:00 新建 SLB 集群': ['14 Jul 2021 00:00 CST', '新建一组 SLB 集群'],
    '7月14日 01:50 基本全部恢复': ['14 Jul 2021 01:50 CST', '在线业务基本全部恢复'],
    '178 分钟': ['| impact duration |', '(178 min)'],
    '31 分钟 部分恢复': ['| time to mitigate |', '31 min'],
    'lua-resty-balancer': ['lua-resty-balancer'],
    _gcd: ['_gcd'],
    nan: ['nan'],
    '权重 "0"': ['权重', '"0"'],
    OpenResty: ['OpenResty'],
    至少四个错误假设: ['14 Jul 2021 02:07 CST', 'wrong hypothesis'],
    跨零点: ['14 Jul 2021 00:00 CST', '13 Jul 16:00 UTC'],
    'UTC+8': ['14 Jul 2021 00:00 CST', '13 Jul 16:00 UTC'],
  },
  computed: {
    timeToLocate: { minutes: 5, row: ['| time to acknowledge |'] },
    timeToPartial: { minutes: 31, row: ['| time to mitigate |'] },
    timeToResolve: { minutes: 178, row: ['| incident duration |'] },
    timeToRootCause: { minutes: 768, row: ['impact started → cause found'] },
  },
  questions: {
    'the first sign is not the start': ['very minute at which it was detected'],
    'two minutes are approximate': ['approximate', 'WAF'],
    'severity is assumed': ['Assumed', 'severity'],
    'no owner': ['4 of 4 actions: no owner'],
  },
  outside: {
    'how long': ['Impact duration', '(178 min)'],
    'what users saw': ['全站'],
    'over on the next day': ['13 Jul 2021 17:50 UTC', '14 Jul 01:50 CST', 'resolved'],
  },
};
