//! What Chinese grammar needs beyond its tables: classes of characters.

/// Whether `c` ends a clause: a comma, a colon, a stop.
pub fn ends_clause(c: char) -> bool {
    matches!(c, '，' | ',' | '；' | ';' | '：' | ':') || ends_sentence(c)
}

/// Whether `c` ends a sentence.
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '\n')
}

/// The character boundary at or before a byte.
pub fn boundary_before(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether `c` is a Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '〇')
}

/// Whether `c` is a particle, preposition or adverb that is in no name.
pub fn is_particle(c: char) -> bool {
    matches!(
        c,
        '的' | '了'
            | '在'
            | '是'
            | '将'
            | '和'
            | '与'
            | '对'
            | '向'
            | '也'
            | '还'
            | '则'
            | '被'
            | '把'
            | '等'
            | '就'
            | '曾'
            | '已'
            | '说'
            | '称'
    )
}

/// Whether `c` joins the parts of a transliterated name: 谢尔盖·里亚布科夫.
pub fn is_interpunct(c: char) -> bool {
    matches!(c, '·' | '‧' | '•' | '・' | '．' | '∙')
}

/// Whether `c` is a common Chinese or Korean surname of one character.
pub fn is_surname(c: char) -> bool {
    SURNAMES.contains(c)
}

/// Whether two characters make a surname: 欧阳, and the commonest Japanese ones.
pub fn is_double_surname(first: char, second: char) -> bool {
    DOUBLE_SURNAMES.iter().any(|name| {
        let mut chars = name.chars();
        chars.next() == Some(first) && chars.next() == Some(second)
    })
}

/// Surnames of one character, most of the Hundred Family Surnames.
const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元顾孟平黄穆萧尹姚邵汪祁毛禹狄贝明臧伏成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪干宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀惠曲封储靳焦巴牧谷车侯宓蓬班秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司韶黎白赖卓乔阴胥苍闻党翟谭贡劳逄姬申冉雍桑桂牛边燕冀温庄晏柴瞿阎慕连艾鱼容古易慎戈廖庾居衡耿满弘匡文寇广欧沃利越隆师巩聂晁勾敖融冷辛阚那简饶曾沙养丰关游权盖益桓公习朴玄池禹河";

/// Surnames of two characters: Chinese compound ones and common Japanese ones.
const DOUBLE_SURNAMES: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "东方", "独孤", "南宫", "夏侯", "慕容", "尉迟",
    "皇甫", "岸田", "安倍", "石破", "高市", "茂木", "河野", "麻生", "林芳", "上川",
    "岩屋", "木原", "松野", "菅义", "小泉", "野田", "鸠山", "福田", "中川", "田中",
    "铃木", "佐藤", "山田", "山口", "小野", "加藤", "西村", "滨田", "岸信", "玉木",
    "枝野", "二阶", "甘利", "世耕", "萩生", "森喜", "中曾", "村山", "桥本", "高桥",
    "渡边", "伊藤", "中村", "小林", "吉田", "山本", "斋藤", "松本", "井上", "木村",
    "清水", "池田", "前田", "藤田", "冈田", "长谷", "后藤", "石川", "远藤", "青木",
    "坂本", "藤井", "西田", "上田", "太田", "三木", "竹下", "金子", "大岛", "稻田",
    "小池", "秋叶", "森健", "船越", "垂秀", "金杉",
];
