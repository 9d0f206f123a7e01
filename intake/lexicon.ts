/** Words of a heading that states a shortcoming; 不断, 不忘, 不折不扣 and their like state none. */
export const defectWords =
  /不(?![断忘仅折扣松变降减懈止走动放]|得不)[一-鿿]|缺(?:乏|失|位|少|口)|薄弱|滞后|弱化|淡化|虚化|偏(?:弱|低|重|少|差|慢)|短板|弱项|隐患|漏洞|差距|混乱|走过场|流于形式|形式主义|官僚主义|缓慢|违规|违反|未(?!来)|居高|欠缺|欠账|仍|风险|较(?:低|弱|差|少)|下滑|过高|随意|挂账|失察|盲区|疏于|放任|难点|存在|超(?:标|范围|额|期|预算)|的整改$/;

/** Further words of a heading that states a shortcoming, too common within accounts to tell a heading there. */
export const moreDefectWords =
  /慢(?=$|[，。；（(”])|软弱|涣散|吃拿卡要|优亲厚友|弄虚作假|乱作为|侵占|套取|虚报|冒领|挪用|截留|滥发|私设|小金库|擅自|拖欠|浪费|失管|失控|失实|缺漏|空缺|断档|粗放|简单化|一言堂|打折扣|弱(?=$|[，。；（(”])|反弹|回潮|老化|闲置|流失|拖延|推诿|超期|逾期|脱岗|失真|虚高|走样|空转|脱节|错位|单一|不[足力实严够到深细清]|松散|宽松软|重.{1,8}轻|应.{1,6}未|问题$|(?:问题|情况)的?[”"]?$/u;

/** Headings of sections that hold no findings: how the work was organised, what comes next. */
export const notFindings =
  /下一步|今后|打算|组织领导|主要做法|基本情况|总体情况|工作开展情况|(?:意见|整改|工作)建议|整改意见|(?:整改|工作)要求|经验|体会|线索/;

/** From here on a report closes: an invitation to comment, addresses, the site's footer. */
export const closingStart =
  /^(?:欢迎.{0,20}(?:监督|意见)|(?:联系|监督|举报|公示)(?:电话|方式|人)|(?:通[信讯]|邮政|联系|来信)(?:地址|信箱)|邮政编码|邮编|电子邮箱|版权所有|主办单位[:：]|扫一扫|附件[:：\d]|相关稿件|责任编辑|特此(?:报告|通报|公告)|(?:公示|公告)期)/;

/** A body that signs: 中共…党组, …委员会, …局. */
export const signature =
  /^(?:中共|中国共产党)?[一-鿿（()）]{2,30}(?:党组|党委|委员会|支部|总支|局|厅|院|校|公司|集团|政府|办公室|办事处|中心|联合会|联社|工委|(?:宣传|组织|统战|武装|政法|社会工作)部|[总支大]队)$/u;
