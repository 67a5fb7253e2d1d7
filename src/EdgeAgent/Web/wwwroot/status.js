'use strict';
// The status page: asks the agent every second and writes what it says as text, never as markup.
const texts = {
  zh: {
    kpis: '关键指标（最近一个完整周期）', path: '数据通路', sources: '数据源', ways: '存储与上送',
    source: '数据源', state: '状态', captured: '已采集', durable: '已落盘', bad: '坏值', polls: '轮询', skipped: '跳过',
    part: '环节', detail: '说明', published: '已发布', queued: '待发布', ok: '正常', degraded: '需要关注', stuck: '卡住',
    lost: '与采集代理失去连接，正在重试…', coverage: '覆盖率', partial: '不完整', none: '不可计算', journal: '日志存储',
    mqtt: 'MQTT', timeSeries: '时序库', parked: '搁置', bytes: '磁盘占用', waiting: '等待第一个完整周期…',
    perSample: '字节/采样', readers: '读者', behind: '落后', reading: '正在采集', 'no answer yet': '尚无应答',
    connecting: '正在连接', preparing: '正在订阅', polling: '正在轮询', starting: '正在启动', stopped: '已停止',
    Healthy: '正常', Suspect: '磁盘可疑', DiskFull: '磁盘已满', BudgetReached: '达到容量上限', Stopped: '已停止',
    Connected: '已连接', Disconnected: '未连接', Undelivered: '无人接收', Refused: '被拒绝', OutboxFailed: '待发箱故障',
    Writing: '正在写入', Waiting: '等待', Failed: '故障', failed: '故障', outbox: '待发箱', kpi: '指标引擎',
    'time-series': '时序写入', plant: '全厂',
  },
  en: {
    kpis: 'Indicators (latest whole period)', path: 'Data path', sources: 'Sources', ways: 'Storage and ways out',
    source: 'Source', state: 'State', captured: 'Captured', durable: 'Durable', bad: 'Bad', polls: 'Polls',
    skipped: 'Skipped', part: 'Part', detail: 'Detail', published: 'Published', queued: 'Waiting', ok: 'Well',
    degraded: 'Needs attention', stuck: 'Stuck', lost: 'The agent does not answer; trying again…', coverage: 'Coverage',
    partial: 'partial', none: 'not computable', journal: 'Journal', mqtt: 'MQTT', timeSeries: 'Time series',
    parked: 'parked', bytes: 'on disk', waiting: 'Waiting for the first whole period…', perSample: 'bytes/sample',
    readers: 'Reader', behind: 'behind by', reading: 'reading', DiskFull: 'disk full', BudgetReached: 'budget reached',
    OutboxFailed: 'outbox failed', kpi: 'KPI engine', 'time-series': 'time series', plant: 'Plant', outbox: 'Outbox',
  },
};
let language = localStorage.getItem('language') === 'en' ? 'en' : 'zh';
const t = key => texts[language][key] ?? key;
const $ = id => document.getElementById(id);
const number = value => Number(value).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB');

const clock = text => new Date(text).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB',
  { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });

// "931000000/3 us" is exact and unreadable: people see 5.1722 min. The exact form stays in the API.
function amount(text) {
  if (!text) return '–';
  const [exact, unit] = text.split(' ');
  const [above, below] = exact.split('/').map(Number);
  const value = above / (below || 1) / (unit === 'us' ? 60e6 : 1);
  return `${Number(value.toPrecision(6))} ${unit === 'us' ? 'min' : unit}`;
}

function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function label() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  $('language').textContent = language === 'zh' ? 'English' : '中文';
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = t(node.dataset.text);
}

function health(state, reasons) {
  $('health').className = `chip ${state}`;
  $('health').textContent = reasons.length ? `${t(state)}: ${reasons.join('; ')}` : t(state);
}

function tile(kpi) {
  const tile = element('div', 'tile');
  tile.append(element('h3', '', language === 'zh' ? kpi.nameZh : kpi.nameEn));
  const value = element('div', `value ${kpi.status}`, kpi.display ?? t('none'));
  if (kpi.display) value.append(' ', element('small', '', kpi.unit));
  tile.append(value);
  const share = kpi.coverage === null ? 0 : Number(kpi.coverage);
  const bar = element('div', `bar ${kpi.status}`);
  const fill = element('i');
  fill.style.width = `${Math.min(100, share * 100)}%`;
  bar.append(fill);
  tile.append(bar);
  const quality = kpi.status === 'ok' ? '' : ` · ${kpi.status === 'null' ? t('none') : t('partial')}`;
  tile.append(element('p', '', `${t('coverage')} ${(share * 100).toFixed(1)} %${quality}`));
  if (kpi.reason) tile.append(element('p', '', kpi.reason));
  tile.append(element('p', '', `${t(kpi.scope)} · ${clock(kpi.from)} – ${clock(kpi.to)}`));
  tile.append(element('p', '', `${amount(kpi.numerator)} / ${amount(kpi.denominator)} · ${kpi.formula}`));
  return tile;
}

function row(cells) {
  const tr = element('tr');
  for (const [text, className] of cells) tr.append(element('td', className ?? '', text));
  return tr;
}

function show(status, kpis) {
  $('agent').textContent = status.name ? `${status.name} · ${status.id}` : status.id;
  health(status.health, status.reasons);
  $('kpis').replaceChildren(...(kpis.length ? kpis.map(tile) : [element('p', '', t('waiting'))]));
  $('path').replaceChildren(...[['captured', status.captured], ['durable', status.durable],
    ['queued', status.outbox.queued], ['published', status.outbox.published]].map(([key, value]) => {
    const box = element('div');
    box.append(element('b', '', number(value)), element('span', '', t(key)));
    return box;
  }));
  $('sources').replaceChildren(...status.sources.map(source => row([
    [source.name], [t(source.state)], [number(source.captured), 'n'], [number(source.bad), 'n'],
    [number(source.polls), 'n'], [number(source.skipped), 'n']])));
  const ways = [row([[t('journal')], [t(status.journal.state)],
    [`${number(status.journal.bytes)} B ${t('bytes')}, ${status.journal.bytesPerSample} ${t('perSample')}` +
      (status.journal.detail ? ` – ${status.journal.detail}` : '')]])];
  for (const reader of status.readers) {
    ways.push(row([[`${t('readers')} ${t(reader.name)}`], [number(reader.position)], [`${t('behind')} ${number(reader.behind)}`]]));
  }
  for (const way of status.ways) ways.push(row([[t(way.name)], [t(way.state)], [way.detail]]));
  $('ways').replaceChildren(...ways);
  $('footer').textContent = `EdgeAgent ${status.version} · ${status.now}`;
}

async function refresh() {
  try {
    const [status, kpis] = await Promise.all(['api/status', 'api/kpis'].map(async url => {
      const answer = await fetch(url, { cache: 'no-store' });
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return answer.json();
    }));
    show(status, kpis.kpis);
  } catch {
    health('stuck', [t('lost')]);
  } finally {
    setTimeout(refresh, 1000);
  }
}

$('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  localStorage.setItem('language', language);
  label();
});
label();
refresh();
