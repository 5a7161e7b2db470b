//! Made-up Chinese prose for tests: the same for one seed, nothing shared between two but
//! words.

const WHO: &[&str] = &[
    "代表团",
    "外长",
    "甲国使节",
    "南方各省",
    "渔业部",
    "调停人",
    "邻邦",
    "边防军官",
    "议会多数派",
    "港务局",
    "商会",
    "老大使",
    "观察员",
    "新任首相",
    "谈判小组",
    "译员",
];
const WHEN: &[&str] = &[
    "清晨",
    "周二傍晚",
    "雨停以后",
    "会前",
    "三月里",
    "午餐时",
    "隔天",
    "深夜",
    "开幕当日",
    "散会后",
    "去年冬季",
    "月底",
];
const WHERE: &[&str] = &[
    "在旧码头",
    "于山城",
    "在湖边宾馆",
    "从首都",
    "在海关大楼",
    "于北岸",
    "在电话里",
    "在记者面前",
    "沿着界河",
    "在圆桌旁",
    "于车站",
    "在高原",
];
const DID: &[&str] = &[
    "提出",
    "收回了",
    "反复修改",
    "婉拒",
    "公布",
    "重申",
    "搁置",
    "签署",
    "追问",
    "比较",
    "悄悄准备",
    "放弃",
    "推迟",
    "宣读",
    "复印了",
    "撕毁",
];
const WHAT: &[&str] = &[
    "渔网配额",
    "过境票价",
    "水库协议",
    "六点草案",
    "停火地图",
    "换俘名单",
    "灯塔经费",
    "粮船航线",
    "界碑照片",
    "铁路合同",
    "备忘录",
    "关税附表",
    "赔款数目",
    "桥梁图纸",
    "联合公报",
    "撤军日程",
];
const THEN: &[&str] = &[
    "对方没有作声",
    "双方各执一词",
    "气氛缓和下来",
    "分歧仍然很大",
    "没有人愿意先走",
    "结果要等秋天",
    "细节不便透露",
    "旁听席响起掌声",
    "电报随即发出",
    "争吵持续许久",
];

/// `count` sentences of seed `seed`.
pub fn sentences(seed: u64, count: usize) -> Vec<String> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut pick = |words: &[&'static str]| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        words[(state >> 20) as usize % words.len()]
    };
    (0..count)
        .map(|_| {
            let (when, who, place) = (pick(WHEN), pick(WHO), pick(WHERE));
            let (did, what, then) = (pick(DID), pick(WHAT), pick(THEN));
            format!("{when}{who}{place}{did}{what}，{then}。")
        })
        .collect()
}

/// The same in paragraphs of four sentences.
pub fn prose(seed: u64, count: usize) -> String {
    let paragraphs: Vec<String> =
        sentences(seed, count).chunks(4).map(|four| four.concat()).collect();
    paragraphs.join("\n")
}
